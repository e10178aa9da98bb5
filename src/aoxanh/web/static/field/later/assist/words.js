// @ts-check
/** Lets the app speak the assistant's words. */

import { addWords, language } from "../../words.js";

addWords((language() === "en" ? await import("./words.en.js") : await import("./words.vi.js")).default);
