// Chromium for the tests: one browser, a fresh context a scenario, and what every page must keep to whatever it shows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const PHONE = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1280, height: 800 } };

/** The pages of the scenario that runs. */
let pages = [];

function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, ...QUIET] });
}

/** Runs the named scenarios, each in fresh contexts, and prints a JSON line for each: {name, error}. */
export async function run(scenarios, names, before = () => {}) {
  const browser = await launch();
  for (const name of names) {
    pages = [];
    await before();
    let error = null;
    try {
      await scenarios[name](browser);
      assert.deepEqual(pages.flatMap(({ wrong }) => wrong), []);
    } catch (caught) {
      error = caught.stack;
    }
    for (const context of browser.contexts()) await context.close();
    console.log(JSON.stringify({ name, error }));
  }
  await browser.close();
}

/** A page on `base` that notes what must not happen: policy violations, page errors, requests to another host. `prepare(page)` runs before it loads. */
export async function open(browser, base, { locale = "nl-BE", ...options } = DESKTOP, prepare = () => {}) {
  const context = await browser.newContext({ locale, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.wrong = [];
  pages.push(page);
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) page.wrong.push(`request to ${request.url()}`);
  });
  page.on("pageerror", (error) => page.wrong.push(`error ${error}`));
  page.on("console", (message) => {
    if (!page.audited && /Content.Security.Policy/i.test(message.text())) page.wrong.push(message.text());
  });
  prepare(page);
  await page.goto(base);
  return page;
}

/** Waits until the welcome or the last answer has come: the send button is free again and somebody has spoken. */
export async function settled(page) {
  await page.locator("form.composer button:not([aria-disabled])").waitFor({ state: "attached" });
  await page.locator(".entry, .farewell:not([hidden]), .error p:not(:empty)").first().waitFor();
}

/** No axe finding, no target under 44 px, no sideways scrolling. */
export async function sound(page) {
  const client = await page.context().newCDPSession(page);
  await client.send("Runtime.evaluate", { expression: AXE }); // a script tag would break the page's own policy
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  page.audited = true; // axe itself tries a style element, which the policy rightly stops
  const found = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), tags);
  page.audited = false;
  assert.deepEqual(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
  assert.ok(found.passes.some(({ id }) => id === "color-contrast"), "axe saw no text: it looked at nothing");
  const small = await page.evaluate(() => {
    const all = [...document.querySelector("wegwijzer-chat").shadowRoot.querySelectorAll("button, a, textarea")];
    const sizes = all.map((node) => [node.textContent || node.tagName, node.getBoundingClientRect()]).filter(([, box]) => box.width);
    if (sizes.length < 3) throw new Error("no targets found");
    return sizes.filter(([, box]) => box.height < 44 || box.width < 44).map(([name, box]) => `${name} ${box.width}x${box.height}`);
  });
  assert.deepEqual(small, []);
  const overflow = await page.evaluate(() => {
    const inside = document.querySelector("wegwijzer-chat").shadowRoot.querySelector(".scroller");
    return [document.documentElement, inside].map((node) => node.scrollWidth - node.clientWidth);
  });
  assert.deepEqual(overflow, [0, 0]);
}

export const bubbles = (page, who = "entry") => page.locator(`.${who} .bubble`).allInnerTexts();
export const choices = (page) => page.locator(".choices button:enabled");

export async function type(page, text) {
  await page.locator("textarea").fill(text);
  await page.locator("textarea").press("Enter");
  await settled(page);
}

export async function pick(page, position) {
  await choices(page).nth(position).click();
  await settled(page);
}
