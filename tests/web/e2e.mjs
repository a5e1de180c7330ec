// A newcomer at the real service. Arguments: address, scenario names. Standard input: the plan that test_end_to_end.py writes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PHONE, bubbles, choices, open, run, settled, sound, type } from "./browser.mjs";

const [, , base, ...names] = process.argv;
const plan = JSON.parse(readFileSync(0, "utf8"));

/** A page that remembers the messages of the last turn, with what its buttons send. */
async function visit(browser, options) {
  const page = await open(browser, base, options, (fresh) => {
    fresh.replies = [];
    fresh.on("response", (response) => {
      if (!response.url().endsWith("/chat/messages")) return;
      const reply = response.json();
      reply.catch(() => {}); // the page may be closed before a last answer is read; who waits for it still hears of it
      fresh.replies.push(reply);
    });
  });
  await settled(page);
  return page;
}

const lastTurn = async (page) => (await page.replies.at(-1)).messages;

/** The fact that the last turn asks for: named by its buttons, else by its words. */
async function asked(page) {
  const messages = await lastTurn(page);
  for (const { payload } of messages.flatMap(({ buttons }) => buttons)) {
    const fact = /"fact": ?"(\w+)"/.exec(payload)?.[1];
    if (fact) return fact;
  }
  const said = messages.map(({ text }) => text).join("\n");
  return Object.keys(plan.questions).find((fact) => plan.questions[fact].some((text) => said.includes(text)));
}

async function press(page, wanted) {
  const payloads = (await lastTurn(page)).flatMap(({ buttons }) => buttons).map(({ payload }) => payload);
  const index = payloads.findIndex(wanted);
  if (index < 0) return false;
  await choices(page).nth(index).click();
  await settled(page);
  return true;
}

const answers = (value) => (payload) => new RegExp(`"answer": ?"${value}"`).test(payload);

const scenarios = {
  async answers_in_words_and_by_buttons_lead_to_the_verdict(browser) {
    const page = await visit(browser, PHONE);
    if (!(await asked(page))) assert.ok(await press(page, (payload) => payload.startsWith("/start_check")), "the welcome offers the check");
    const inWords = [];
    const byButton = [];
    const over = async () => (await lastTurn(page)).some(({ text }) => plan.verdicts.some((verdict) => text.includes(verdict)));
    while (!(await over())) {
      const fact = await asked(page);
      const log = JSON.stringify(await bubbles(page), null, 1);
      assert.ok(fact, `no question that the test knows:\n${log}`);
      assert.ok(inWords.length + byButton.length < 20, `too many questions:\n${log}`);
      if (plan.words[fact]) {
        await type(page, plan.words[fact]);
        inWords.push(fact);
      } else {
        const value = plan.buttons[fact] ?? "false";
        assert.ok(await press(page, answers(value)), `no button ${value} for ${fact}:\n${log}`);
        byButton.push(fact);
      }
      assert.equal(await page.locator(".error p").innerText(), "");
    }
    const said = (await bubbles(page, "bot")).join("\n");
    assert.ok(said.includes(plan.expected), said);
    assert.ok(inWords.length >= 2 && byButton.length >= 2, `in words: ${inWords}; by button: ${byButton}`);
    await sound(page);
    const before = await bubbles(page);
    await page.reload();
    await settled(page);
    assert.deepEqual(await bubbles(page), before);
  },

  async language_can_change_in_the_middle(browser) {
    const page = await visit(browser);
    await type(page, plan.start);
    await page.locator("header .language").click();
    await page.locator(".languages button", { hasText: "English" }).click();
    await page.locator("form.composer button", { hasText: plan.send }).waitFor();
    await page.locator(".user .bubble", { hasText: "English" }).waitFor();
    await settled(page);
    assert.equal(await page.locator(".error p").innerText(), "");
    assert.equal(await page.locator(".bot .bubble").last().getAttribute("lang"), "en");
  },

  async deleting_leaves_nothing(browser) {
    const page = await visit(browser);
    await type(page, plan.start);
    await page.locator(".actions button").last().click();
    await page.locator("dialog button.primary").click();
    await page.locator(".farewell:not([hidden])").waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length + document.cookie.length), 0);
    assert.deepEqual(await bubbles(page), []);
  },
};

await run(scenarios, names);
