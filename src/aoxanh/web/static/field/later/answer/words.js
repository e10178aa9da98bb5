// @ts-check
/** The sentences of these screens, in the chosen language. */

import { addWords, language } from "../../words.js";

addWords((language() === "en" ? await import("./words.en.js") : await import("./words.vi.js")).default);
