// @ts-check
/** Puts the sentences of the learning screens beside those of the app. */

import { addWords, language } from "../../words.js";

addWords((language() === "en" ? await import("./words.en.js") : await import("./words.vi.js")).default);
