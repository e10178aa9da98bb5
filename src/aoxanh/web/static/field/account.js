// @ts-check
/** Whose phone this is: enrolment, the person's teams, the chosen team, and leaving. */

import * as beside from "./beside.js";
import { tell } from "./changes.js";
import { uuid7, vietnamDay } from "./ids.js";
import * as outbox from "./outbox.js";
import { belongTo, currentAccount, eraseAccount, eraseEverything, remember, rememberSealed, sealedSetting, setting } from "./store.js";
import { call, csrfToken } from "./transport.js";

/**
 * @typedef {{id: string, name: string, kind: string, commune: {code: string, name: string, address: string}, position: string, from: string, to: string | null, asks?: {activity: string, group: string, from: string | null}[]}} Team
 * @typedef {{account: string, name: string, volunteer: string | null, is_minor: boolean, lacks_consent?: boolean, roles: {role: string, place: any}[], teams: Team[], certificates?: {group: string, from: string, to: string | null}[], groups?: Record<string, {vi: string, en: string}>}} Me
 */

const LOGIN = "/account/login/?next=/field/";
const ENROLLING = "aoxanh.enrolling";
const FAREWELL = "aoxanh.farewell";

/** The session cookie is missing or too old: the person must sign in. */
export class SignInNeeded extends Error {}

/** @returns {boolean} */
export function isEnrolled() {
  return currentAccount() !== "";
}

/**
 * @returns {Promise<boolean>} whether the browser, short of space, threw this phone's database away: the pointer to it stays,
 * since browsers keep the two apart
 */
export async function wasEvicted() {
  return isEnrolled() && !(await setting("device"));
}

/** Goes to the sign-in page; `finishSignIn` goes on when the person comes back. */
export function goToSignIn() {
  sessionStorage.removeItem(FAREWELL);
  sessionStorage.setItem(ENROLLING, "yes");
  location.assign(LOGIN);
}

/** @returns {boolean} whether the person has just come back from the sign-in page */
export function cameFromSignIn() {
  const came = sessionStorage.getItem(ENROLLING) === "yes";
  sessionStorage.removeItem(ENROLLING);
  return came;
}

/** Enrols this phone for the person who is signed in in this browser. Throws SignInNeeded, or Unreachable without a network. */
export async function enrol() {
  const known = isEnrolled() ? await setting("device") : undefined;
  let device = known ?? uuid7();
  let answer = await register(device);
  if (known && answer.status === 410) await wipe();
  else if (known && answer.status === 409) {
    // Somebody else signed in: their phone is another device.
    device = uuid7();
    answer = await register(device);
  }
  if (!answer.ok) throw new SignInNeeded(`enrol ${answer.status}`);
  const { token } = answer.body;
  const hello = await call("/sync", { token });
  if (!hello.ok) throw new SignInNeeded(`hello ${hello.status}`);
  await settleIn(hello.body.me, device, token);
}

/** @returns {Promise<{device: string, token: string} | null>} */
export async function credentials() {
  const device = await setting("device");
  const token = await sealedSetting("token");
  return device && token ? { device, token } : null;
}

/** @returns {Promise<Me>} */
export async function me() {
  return (await sealedSetting("me")) ?? { account: currentAccount(), name: "", volunteer: null, is_minor: false, roles: [], teams: [] };
}

/** @param {Me} person @param {string} [day] @returns {Team[]} the teams the person belongs to on that day */
export function teamsOn(person, day = vietnamDay()) {
  return person.teams.filter((team) => team.from <= day && (!team.to || day < team.to));
}

/** @param {Me} person @returns {Promise<Team | null>} the team that new work counts for */
export async function currentTeam(person) {
  const teams = teamsOn(person);
  const chosen = await setting("team");
  return teams.find((team) => team.id === chosen) ?? teams[0] ?? null;
}

/** @returns {Promise<boolean>} false, and nothing happens, while there is work the server has not taken */
export async function logOut() {
  const { waiting, rejected } = await outbox.counts();
  if (waiting + rejected + (await beside.unsent()) > 0) return false;
  await endSession();
  await eraseAccount();
  leave("left");
  return true;
}

/** The server says that this phone was revoked: everything on it goes. */
export async function wipe() {
  await eraseEverything();
  leave("wiped");
}

/** @returns {"left" | "wiped" | ""} why this phone belongs to nobody, said once on the first screen */
export function farewell() {
  return /** @type {any} */ (sessionStorage.getItem(FAREWELL) ?? "");
}

/** @param {"left" | "wiped"} why */
function leave(why) {
  sessionStorage.setItem(FAREWELL, why);
  tell("erased");
}

/** @param {string} device */
async function register(device) {
  return call("/devices", { method: "POST", csrf: await csrfToken(), json: { device, label: deviceLabel() } });
}

/** @param {Me} person @param {string} device @param {string} token */
async function settleIn(person, device, token) {
  belongTo(person.account);
  const held = await setting("device");
  if (held && held !== device) await outbox.becomeDevice(device);
  await remember({ device, signInNeeded: false });
  await rememberSealed("token", token);
  await rememberSealed("me", person);
  tell("enrolled");
}

/** Ends the browser's session too; without a network the cookie simply ages. */
async function endSession() {
  try {
    const body = new URLSearchParams({ csrfmiddlewaretoken: await csrfToken() });
    await fetch("/account/logout/", { method: "POST", body, redirect: "manual" });
  } catch {
    // Not reachable: the data leave the phone all the same.
  }
}

function deviceLabel() {
  const agent = navigator.userAgent;
  const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrom(e|ium)\//.test(agent) ? "Chrome" : "Browser";
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Windows/.test(agent) ? "Windows" : "Linux";
  return `${browser} ${system}`;
}
