// @ts-check
/** The field app's start: whose phone, which language, which screen; then the network. */

import { cameFromSignIn, enrol, isEnrolled } from "./account.js";
import { protect } from "./health.js";
import * as router from "./router.js";
import * as schedule from "./schedule.js";
import * as shell from "./shell.js";
import { recoverOwner } from "./store.js";
import * as update from "./update.js";
import { loadLanguage } from "./words.js";

await loadLanguage().catch((error) => console.warn(error));
shell.raise();
await recoverOwner();
const returned = cameFromSignIn();
if (returned) await enrol().catch((error) => console.warn(error));
await router.start();
schedule.start();
if (isEnrolled()) void protect();
// Last, so that the first screen does not share a weak network with the shell's own copies.
await update.watch().catch((error) => console.warn(error));
if (isEnrolled()) await update.fetchLater().catch((error) => console.warn(error));
