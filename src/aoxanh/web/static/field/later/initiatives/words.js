// @ts-check
/** Lets the app speak these screens' words. */

import { addWords, language } from "../../words.js";

addWords((language() === "en" ? await import("./words.en.js") : await import("./words.vi.js")).default);
