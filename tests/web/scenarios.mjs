// Behaviour of the page against the fake server. `node scenarios.mjs ADDRESS NAME...` prints one JSON line a scenario; test_page.py reads them.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, bubbles, choices, open, pick, run, settled, sound, type } from "./browser.mjs";

const [, , base, ...names] = process.argv;
const SHOTS = process.env.SCREENSHOTS;

async function control(action, body) {
  const response = await fetch(`${base}/test/${action}`, body ? { method: "POST", body: JSON.stringify(body) } : {});
  return response.json();
}

const fault = (name) => control("fault", { fault: name });
const stored = (page) => page.evaluate(() => JSON.parse(sessionStorage.getItem("wegwijzer")));
const focused = (page) => page.evaluate(() => document.querySelector("wegwijzer-chat").shadowRoot.activeElement?.className ?? "");
const focusedTag = (page) => page.evaluate(() => document.querySelector("wegwijzer-chat").shadowRoot.activeElement?.tagName);
const shot = (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });
const action = (page, text) => page.locator(".actions button", { hasText: text }).click();

async function toVerdict(page) {
  await pick(page, 0);
  await type(page, "vierendertig");
  await pick(page, 0);
}

const scenarios = {
  async welcome_offers_languages_and_buttons(browser) {
    const page = await open(browser, base);
    await settled(page);
    assert.deepEqual(await page.locator(".languages button").allInnerTexts(), ["Nederlands", "English", "Français", "العربية"]);
    assert.equal((await bubbles(page, "bot")).length, 2);
    assert.deepEqual(await choices(page).allInnerTexts(), ["1\nVlaanderen", "2\nBrussel", "3\nWallonië", "4\nIk weet het niet"]);
    assert.equal(await page.title(), "Wegwijzer: uw vragen over inburgering");
    assert.match(await page.locator(".notice").innerText(), /kan fouten maken.*geen beslissing/);
    await shot(page, "desktop-welcome");
    await sound(page);
  },

  async buttons_answer_once(browser) {
    const page = await open(browser, base);
    await settled(page);
    await pick(page, 0);
    assert.deepEqual(await bubbles(page, "user"), ["Vlaanderen"]);
    assert.equal(await page.locator(".choices button").count(), 4);
    assert.equal(await choices(page).count(), 0);
    assert.equal(await page.locator(".choices .chosen").innerText(), "1\nVlaanderen");
    assert.equal(await focusedTag(page), "TEXTAREA");
    assert.equal(await page.locator(".languages").isVisible(), false);
    const sent = (await control("seen")).at(-1);
    assert.equal(sent.payload, '/inform{"fact": "fake", "answer": "0"}');
    assert.equal(sent.text, undefined);
  },

  async touch_keeps_the_keyboard_down(browser) {
    const page = await open(browser, base, PHONE);
    await settled(page);
    await choices(page).first().tap();
    await settled(page);
    assert.equal(await focused(page), "log");
  },

  async verdict_is_readable_and_links_are_safe(browser) {
    const page = await open(browser, base);
    await settled(page);
    await toVerdict(page);
    const links = await page.locator(".bubble a").evaluateAll((all) => all.map(({ href, rel, target }) => [href, rel, target]));
    assert.deepEqual(links, [
      ["https://codex.vlaanderen.be/portals/codex/documenten/1023121.html#H1084453", "noopener noreferrer", "_blank"],
      ["mailto:onthaal@example.org", "", ""],
    ]);
    assert.equal(await page.locator(".bubble li").count(), 4);
    assert.equal(await page.locator(".bubble bdi", { hasText: "09 265 78 40" }).count(), 1);
    const [top, first] = await page.evaluate(() => {
      const root = document.querySelector("wegwijzer-chat").shadowRoot;
      const verdict = [...root.querySelectorAll(".bubble")].find((node) => node.textContent.startsWith("U moet een"));
      return [root.querySelector(".scroller").getBoundingClientRect().top, verdict.getBoundingClientRect().top];
    });
    assert.ok(first >= top, "the first sentence of the verdict is in view");
    await shot(page, "desktop-verdict");
    await sound(page);
  },

  async text_is_never_markup(browser) {
    const page = await open(browser, base);
    await settled(page);
    const evil = '<img src=x onerror="document.title=1"> <b>x</b> javascript:alert(1) http://a.example/"onclick="x';
    await type(page, evil);
    const shown = await page.locator(".user .bubble").textContent();
    assert.ok(shown.startsWith(evil.slice(0, evil.indexOf("http"))), shown);
    assert.ok(shown.endsWith('"onclick="x'), shown);
    assert.equal(await page.locator(".user .bubble :is(img, b)").count(), 0);
    const links = await page.locator(".user .bubble a").evaluateAll((all) => all.map(({ href }) => href));
    assert.deepEqual(links, ["http://a.example/"]);
  },

  async reload_keeps_everything(browser) {
    const page = await open(browser, base);
    await settled(page);
    await pick(page, 0);
    const before = await bubbles(page);
    await page.locator("textarea").fill("vieren");
    const calls = (await control("seen")).length;
    await page.reload();
    await settled(page);
    assert.deepEqual(await bubbles(page), before);
    assert.equal(await choices(page).count(), 0);
    assert.equal(await page.locator("textarea").inputValue(), "vieren");
    const since = (await control("seen")).slice(calls).map(({ path }) => path);
    assert.deepEqual([...new Set(since)], ["/chat/config"]);
    await type(page, "vierendertig");
    assert.equal((await bubbles(page)).length, before.length + 3);
    await page.reload();
    await settled(page);
    await pick(page, 1);
    assert.equal((await bubbles(page, "user")).at(-1), "Nee");
  },

  async language_switch_before_and_during(browser) {
    const page = await open(browser, base);
    await settled(page);
    await page.locator(".languages button", { hasText: "English" }).click();
    await page.locator(".bubble", { hasText: "Where do you live?" }).waitFor();
    await settled(page);
    assert.equal((await bubbles(page)).length, 2, "nothing is left in the first language");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.equal(await page.locator("form.composer button").innerText(), "Send");
    await pick(page, 0);
    await page.locator("header .language").click();
    await page.locator(".languages button", { hasText: "Français" }).click();
    await page.locator(".bubble", { hasText: "Quel âge" }).waitFor();
    await settled(page);
    const sent = (await control("seen")).at(-1);
    assert.deepEqual([sent.payload, sent.language], ['/change_language{"language":"fr"}', "fr"]);
    assert.equal(await page.locator("form.composer button").innerText(), "Envoyer");
    assert.deepEqual(await page.locator(".bot .bubble").evaluateAll((all) => all.map(({ lang }) => lang)), ["en", "en", "en", "fr"]);
    await page.reload();
    await settled(page);
    assert.equal(await page.locator("form.composer button").innerText(), "Envoyer");
  },

  async page_follows_a_language_asked_in_words(browser) {
    const page = await open(browser, base);
    await settled(page);
    await type(page, "English please");
    await page.locator("form.composer button", { hasText: "Send" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
  },

  async browser_language_is_the_first_guess(browser) {
    const page = await open(browser, base, { ...DESKTOP, locale: "fr-BE" });
    await settled(page);
    assert.equal(await page.locator("html").getAttribute("lang"), "fr");
    assert.match((await bubbles(page))[0], /^Bonjour/);
  },

  async server_away_and_back(browser) {
    const page = await open(browser, base);
    await settled(page);
    await fault("away");
    await pick(page, 1);
    await page.locator(".error", { hasText: "niet bereikbaar" }).waitFor();
    assert.equal(await choices(page).count(), 4, "the buttons are open again");
    assert.deepEqual(await bubbles(page, "user"), []);
    await shot(page, "desktop-away");
    await sound(page);
    await fault("");
    await page.locator(".error button").click();
    await settled(page);
    await page.locator(".bubble", { hasText: "Hoe oud" }).waitFor();
    assert.deepEqual(await bubbles(page, "user"), ["Brussel"]);
    await fault("away");
    await type(page, "vierendertig");
    assert.equal(await page.locator("textarea").inputValue(), "vierendertig");
    await page.locator(".error button").waitFor();
    await fault("");
    await page.reload();
    await settled(page);
    assert.equal(await page.locator("textarea").inputValue(), "vierendertig", "an unsent text outlives a reload");
    await page.locator("textarea").press("Enter");
    await settled(page);
    assert.deepEqual(await bubbles(page, "user"), ["Brussel", "vierendertig"]);
    assert.equal(await page.locator("textarea").inputValue(), "");
    assert.equal(await page.locator(".error p").innerText(), "");
  },

  async each_fault_has_its_sentence(browser) {
    const page = await open(browser, base);
    await settled(page);
    await type(page, "x".repeat(501));
    assert.match(await page.locator(".error p").innerText(), /te lang/);
    assert.equal(await page.locator(".error button").isVisible(), false);
    await page.locator("textarea").fill("");
    for (const [name, sentence] of [["busy", /Wacht even/], ["broken", /ging iets mis/]]) {
      await fault(name);
      await pick(page, 0);
      assert.match(await page.locator(".error p").innerText(), sentence);
    }
  },

  async away_from_the_start(browser) {
    await fault("away");
    const page = await open(browser, base);
    await page.locator("wegwijzer-chat[failed] .fallback", { hasText: "Try again" }).waitFor();
    await fault("");
    await page.locator(".fallback a").first().click();
    await settled(page);
    assert.equal((await bubbles(page)).length, 2);
  },

  async expired_session_starts_anew(browser) {
    const page = await open(browser, base);
    await settled(page);
    await pick(page, 0);
    const old = (await stored(page)).session;
    await control("forget", {});
    await type(page, "vierendertig");
    await page.locator(".over:not([hidden])").waitFor();
    await page.locator(".bubble", { hasText: "Waar woont u?" }).waitFor();
    assert.deepEqual(await bubbles(page, "user"), []);
    assert.equal(await page.locator("textarea").inputValue(), "vierendertig");
    assert.notEqual((await stored(page)).session, old);
  },

  async delete_wipes_here_and_there(browser) {
    const page = await open(browser, base);
    await settled(page);
    await pick(page, 0);
    const { session } = await stored(page);
    await action(page, "Mijn gegevens wissen");
    await sound(page);
    await page.locator("dialog button", { hasText: "Nee, terug" }).click();
    assert.equal((await bubbles(page)).length, 4);
    await action(page, "Mijn gegevens wissen");
    await page.locator("dialog button", { hasText: "Ja, wissen" }).click();
    await page.locator(".farewell", { hasText: "gewist" }).waitFor();
    const sent = (await control("seen")).at(-1);
    assert.deepEqual([sent.method, sent.path, sent.session], ["DELETE", "/chat/session", session]);
    assert.deepEqual(await bubbles(page), []);
    assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length + document.cookie.length), 0);
    await sound(page);
    await page.locator(".farewell button").click();
    await page.locator(".bubble", { hasText: "Waar woont u?" }).waitFor();
  },

  async deleting_in_words_wipes_the_page(browser) {
    const page = await open(browser, base);
    await settled(page);
    await pick(page, 0);
    await type(page, "wis alles");
    assert.deepEqual(await bubbles(page), ["Gewist."]);
    assert.deepEqual((await stored(page)).entries.map(({ text }) => text), ["Gewist."]);
    await type(page, "opnieuw");
    assert.equal((await bubbles(page)).length, 3);
  },

  async delete_while_away_is_done_later(browser) {
    const page = await open(browser, base);
    await settled(page);
    await pick(page, 0);
    const { session } = await stored(page);
    await fault("away");
    await action(page, "Mijn gegevens wissen");
    await page.locator("dialog button", { hasText: "Ja, wissen" }).click();
    await page.locator(".error", { hasText: "nog niet" }).waitFor();
    assert.deepEqual(await bubbles(page), []);
    assert.deepEqual((await stored(page)).entries, []);
    await fault("");
    await page.reload();
    await page.locator(".farewell", { hasText: "gewist" }).waitFor();
    const sent = (await control("seen")).at(-1);
    assert.deepEqual([sent.method, sent.session], ["DELETE", session]);
    assert.equal(await stored(page), null);
  },

  async start_again_forgets_the_old_session(browser) {
    const page = await open(browser, base);
    await settled(page);
    await pick(page, 0);
    const { session } = await stored(page);
    await action(page, "Opnieuw beginnen");
    await page.locator("dialog button", { hasText: "Ja, opnieuw" }).click();
    await page.locator(".choices button:enabled").first().waitFor();
    assert.equal((await bubbles(page)).length, 2);
    assert.notEqual((await stored(page)).session, session);
    assert.ok((await control("seen")).some((call) => call.method === "DELETE" && call.session === session));
  },

  async keyboard_alone_is_enough(browser) {
    const page = await open(browser, base);
    await settled(page);
    const tabTo = async (name) => {
      for (let step = 0; step < 30; step += 1) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const node = document.querySelector("wegwijzer-chat").shadowRoot.activeElement;
          return node?.tagName === "BUTTON" ? node.textContent : "";
        });
        if (at.includes(name)) return;
      }
      assert.fail(`${name} cannot be reached with Tab`);
    };
    await tabTo("Taal: Nederlands");
    await tabTo("English");
    await page.keyboard.press("Enter");
    await page.locator(".bubble", { hasText: "Where do you live?" }).waitFor();
    await settled(page);
    await tabTo("Flanders");
    await page.keyboard.press("Space");
    await settled(page);
    await page.keyboard.type("thirty-four");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("years");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal((await bubbles(page, "user")).at(-1), "thirty-four\nyears");
    assert.equal(await focusedTag(page), "TEXTAREA");
    await tabTo("Delete my data");
    await page.keyboard.press("Enter");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    assert.equal((await bubbles(page, "user")).length, 2);
  },

  async composing_is_not_sending(browser) {
    const page = await open(browser, base);
    await settled(page);
    await page.locator("textarea").fill("三十");
    const composing = { key: "Enter", isComposing: true, bubbles: true, cancelable: true };
    await page.locator("textarea").dispatchEvent("keydown", composing);
    assert.deepEqual(await bubbles(page, "user"), []);
    await page.locator("textarea").press("Enter");
    await settled(page);
    assert.deepEqual(await bubbles(page, "user"), ["三十"]);
  },

  async screen_reader_regions(browser) {
    const page = await open(browser, base);
    await page.locator('[role="log"]').waitFor();
    await page.evaluate(() => Object.assign(window, { first: document.querySelector("wegwijzer-chat").shadowRoot.querySelector('[role="log"]') }));
    await settled(page);
    await page.locator('[role="log"][aria-live="polite"]').waitFor();
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    await page.route("**/chat/messages", async (route) => {
      await held;
      await route.continue();
    });
    await choices(page).first().click();
    await page.locator('[role="status"]', { hasText: "Wegwijzer schrijft een antwoord" }).waitFor();
    await page.locator("textarea").fill("te vroeg");
    await page.locator("textarea").press("Enter");
    assert.deepEqual(await bubbles(page, "user"), ["Vlaanderen"], "one exchange at a time, and the text stays");
    await shot(page, "desktop-typing");
    answer();
    await settled(page);
    assert.equal(await page.locator('[role="status"]').innerText(), "");
    assert.equal(await page.locator("textarea").inputValue(), "te vroeg");
    assert.ok(await page.evaluate(() => window.first === document.querySelector("wegwijzer-chat").shadowRoot.querySelector('[role="log"]')));
    assert.match(await page.locator(".entry.bot").last().textContent(), /^Wegwijzer: /);
    assert.match(await page.locator(".entry.user").last().textContent(), /^U: /);
  },

  async right_to_left(browser) {
    const page = await open(browser, base, PHONE);
    await settled(page);
    await page.locator(".languages button", { hasText: "العربية" }).click();
    await page.locator(".bubble", { hasText: "أين تسكن" }).waitFor();
    await settled(page);
    assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
    await shot(page, "rtl-welcome");
    await sound(page);
    await toVerdict(page);
    const [bot, user] = await page.evaluate(() => {
      const root = document.querySelector("wegwijzer-chat").shadowRoot;
      return [".bot", ".user"].map((who) => root.querySelector(`${who} .bubble`).getBoundingClientRect()).map(({ left, right }) => [left, 360 - right]);
    });
    assert.ok(bot[1] < bot[0], "the bot speaks from the right");
    assert.ok(user[0] < user[1], "the person from the left");
    await shot(page, "rtl-verdict");
    await sound(page);
  },

  async phone(browser) {
    const page = await open(browser, base, PHONE);
    await settled(page);
    await shot(page, "phone-welcome");
    await sound(page);
    await toVerdict(page);
    await shot(page, "phone-verdict");
    await sound(page);
    await page.locator("textarea").focus();
    await page.setViewportSize({ width: 360, height: 300 }); // the keyboard opens
    await page.waitForFunction(() => {
      const last = [...document.querySelector("wegwijzer-chat").shadowRoot.querySelectorAll(".bubble")].at(-1);
      const { top } = last.getBoundingClientRect();
      return top >= 0 && top < 200; // the last question is still in view
    });
    const box = await page.locator("textarea").boundingBox();
    assert.ok(box.y > 0 && box.y + box.height <= 300, "the input stays in view above the keyboard");
    await shot(page, "phone-keyboard");
  },

  async dark(browser) {
    const page = await open(browser, base, { ...DESKTOP, colorScheme: "dark" });
    await settled(page);
    await toVerdict(page);
    await shot(page, "desktop-dark");
    await sound(page);
    await fault("away");
    await pick(page, 0);
    await sound(page);
  },

  async print_shows_the_talk_only(browser) {
    const page = await open(browser, base);
    await settled(page);
    await toVerdict(page);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("form.composer").isVisible(), false);
    assert.equal(await page.locator(".actions").isVisible(), false);
    assert.equal(await page.locator(".choices").first().isVisible(), false);
    assert.ok(await page.locator(".notice").isVisible());
    const hidden = await page.evaluate(() => {
      const scroller = document.querySelector("wegwijzer-chat").shadowRoot.querySelector(".scroller");
      return getComputedStyle(scroller).overflowY;
    });
    assert.equal(hidden, "visible", "nothing is cut off at the window's edge");
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/print.png`, fullPage: true });
  },
};

await run(scenarios, names, () => fault(""));
