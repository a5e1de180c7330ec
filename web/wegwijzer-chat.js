/**
 * <wegwijzer-chat>: the chat, one element, no dependency, no build step.
 *
 * Attributes: `api` (where the web channel answers, default "/chat"), `language` (code to start in; default: the browser's),
 * `page` (the element is the whole page: it also sets the document's language, direction and title).
 *
 * Every word it shows comes from `GET {api}/config?language=xx` or from the conversation. Texts are put in as text, never as HTML,
 * and nothing is inline, so that it works under `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';
 * img-src 'self' data:`. The conversation lives in sessionStorage (this tab only) until "start again" or "delete my data".
 */

const STORE = "wegwijzer";
const PATIENCE_MS = 40_000; // the server gives up after 30 s, and says so better

/** The server answered, but not with what was asked. */
class ServerError extends Error {
  constructor(status) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** An element with attributes (`data-text`, `data-label`, `data-hint` are filled from the catalogue) and children. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

// A web address, an e-mail address, or digits with separators (phone, date, postcode), which a right-to-left line would reorder.
const SPECIAL = /(?<url>https?:\/\/[^\s<>"']+)|(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<digits>\+?\d+(?:[ ./-]+\d+)+)/g;

/** A long address as its site only: the sentence before it says what it leads to, and print shows it whole. */
function shortAddress({ host, pathname, search, hash }) {
  const site = host.replace(/^www\./, "");
  const rest = `${pathname}${search}${hash}`.replace(/\/$/, "");
  return site.length + rest.length > 40 ? `${site}/…` : site + rest;
}

function link(address, shown) {
  const isPage = !address.startsWith("mailto:");
  const anchor = el("a", { href: address, ...(isPage && { target: "_blank", rel: "noopener noreferrer" }) }, el("bdi", { dir: "ltr" }, shown));
  if (isPage) anchor.append(el("span", { class: "unseen", "data-text": "ui.new_tab", "data-before": " (", "data-after": ")" }));
  return anchor;
}

/** One line of plain text as nodes, with its addresses clickable. */
function renderLine(line) {
  const nodes = [];
  let end = 0;
  for (const match of line.matchAll(SPECIAL)) {
    let found = match[0];
    let node;
    if (match.groups.url) {
      const closing = found.includes("(") ? /[.,;:!?\]}»”’]+$/ : /[.,;:!?)\]}»”’]+$/;
      found = found.replace(closing, "");
      if (!URL.canParse(found)) continue;
      node = link(new URL(found).href, shortAddress(new URL(found)));
    } else if (match.groups.mail) {
      node = link(`mailto:${found}`, found);
    } else {
      node = el("bdi", { dir: "ltr" }, found);
    }
    nodes.push(line.slice(end, match.index), node);
    end = match.index + found.length;
  }
  nodes.push(line.slice(end));
  return nodes;
}

/** Plain text as paragraphs and lists: line breaks kept, a blank line ends a paragraph, "- " starts a list item. */
function renderText(text) {
  const blocks = [];
  let open = null;
  for (const line of text.split("\n").map((part) => part.trim())) {
    const item = /^[-•]\s+(?<words>.*)$/.exec(line);
    const tag = item ? "UL" : "P";
    if (line === "") {
      open = null;
      continue;
    }
    if (open?.tagName !== tag) {
      open = el(tag, item ? { role: "list" } : { dir: "auto" });
      blocks.push(open);
    } else if (!item) {
      open.append(el("br"));
    }
    if (item) open.append(el("li", { dir: "auto" }, ...renderLine(item.groups.words)));
    else open.append(...renderLine(line));
  }
  return blocks;
}

class WegwijzerChat extends HTMLElement {
  #config = null;
  #parts = {};
  /** What survives a reload. `entries`: {who: "bot" | "user", text, language?, buttons?, open?, chosen?}. */
  #state = { session: null, language: null, entries: [], draft: "", deleting: false };
  #busy = false;
  #idle = Promise.resolve();
  #retry = null;

  async connectedCallback() {
    if (this.shadowRoot) return;
    this.#restore();
    try {
      await this.#loadTexts(this.#state.language ?? this.getAttribute("language") ?? undefined);
    } catch {
      this.setAttribute("failed", ""); // shows the fallback inside the tag
      return;
    }
    await this.#build();
    this.#applyTexts();
    this.#drawAll();
    if (this.#state.deleting) await this.#deleteData();
    else if (!this.#state.session) await this.#begin({ showLanguages: true });
    else if (!this.#state.entries.length) await this.#exchange({ payload: "/greet" });
  }

  // ---- storage -------------------------------------------------------------------------------------------------

  #restore() {
    try {
      Object.assign(this.#state, JSON.parse(sessionStorage.getItem(STORE) ?? "{}"));
    } catch {
      // Storage switched off or unreadable: the chat works, it only forgets at a reload.
    }
  }

  #save() {
    try {
      sessionStorage.setItem(STORE, JSON.stringify(this.#state));
    } catch {
      // As above.
    }
  }

  #wipe() {
    this.#state = { session: null, language: this.#state.language, entries: [], draft: "", deleting: false };
    try {
      sessionStorage.removeItem(STORE);
    } catch {
      // As above.
    }
    this.#parts.input.value = "";
    this.#showError(null);
    this.#drawAll();
  }

  // ---- server --------------------------------------------------------------------------------------------------

  async #call(method, path, body) {
    const response = await fetch((this.getAttribute("api") ?? "/chat") + path, {
      method,
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new ServerError(response.status);
    return response.status === 204 ? {} : response.json();
  }

  /** Fetches the texts in `language`, or in the first of the browser's languages that is offered. */
  async #loadTexts(language) {
    const fetchTexts = (code) => this.#call("GET", `/config?language=${encodeURIComponent(code)}`);
    const wishes = language ? [language] : navigator.languages.map((tag) => tag.split("-")[0]);
    let config = await fetchTexts(wishes[0]);
    const offered = wishes.find((wish) => config.languages.some(({ code }) => code === wish));
    if (offered && offered !== config.language) config = await fetchTexts(offered);
    this.#config = config;
    this.#state.language = config.language;
  }

  /** Runs one exchange with the server at a time, with the typing indicator on. */
  async #whileBusy(work) {
    while (this.#busy) await this.#idle;
    this.#busy = true;
    this.#showError(null);
    this.#parts.send.setAttribute("aria-disabled", "true");
    this.#fillStatus();
    this.#idle = work().finally(() => {
      this.#busy = false;
      this.#parts.send.removeAttribute("aria-disabled");
      this.#fillStatus();
    });
    return this.#idle;
  }

  /** A new conversation: a session and the welcome. */
  async #begin({ showLanguages = false } = {}) {
    this.#parts.composer.hidden = false;
    this.#parts.farewell.hidden = true;
    this.#toggleLanguages(showLanguages);
    const begun = await this.#whileBusy(async () => {
      try {
        const { session, messages = [] } = await this.#call("POST", "/session", { language: this.#state.language });
        this.#state.session = session;
        this.#receive(messages);
        return true;
      } catch (error) {
        this.#fail(error, () => this.#begin({ showLanguages }));
        return false;
      }
    });
    if (begun && !this.#state.entries.length) await this.#exchange({ payload: "/greet" });
  }

  /**
   * Sends one message (`text` or `payload`) and shows the answers. What the person sees of it is `shown`. When it fails, the page
   * is as before: buttons open, the text back in its field.
   */
  async #exchange(message, { shown, chosen } = {}) {
    return this.#whileBusy(async () => {
      const session = this.#state.session;
      const reopen = shown === undefined ? () => {} : this.#showAnswer(shown, chosen);
      try {
        const { messages } = await this.#call("POST", "/messages", { session, ...message, language: this.#state.language });
        if (this.#state.session !== session) return; // wiped meanwhile
        this.#receive(messages);
        await this.#followLanguage(messages);
      } catch (error) {
        if (this.#state.session !== session) return;
        reopen();
        const { input } = this.#parts;
        if (message.text) input.value = [message.text, input.value].filter(Boolean).join("\n");
        this.#keepDraft();
        if (error.status === 404) this.#renew();
        else this.#fail(error, message.text ? () => this.#submit() : () => this.#exchange(message, { shown, chosen }));
      }
    });
  }

  /** The server has closed the session (an hour of silence): its answers are gone there, so they go here, and a new one starts. */
  #renew() {
    const draft = this.#parts.input.value;
    this.#wipe();
    this.#parts.input.value = draft;
    this.#keepDraft();
    this.#parts.over.hidden = false;
    this.#begin();
  }

  #fail(error, retry) {
    const { status } = error;
    if (status === 413) this.#showError("ui.error_too_long");
    else if (status === 429) this.#showError("ui.error_too_many", retry);
    else if (status && ![502, 503, 504].includes(status)) this.#showError("ui.error", retry);
    else this.#showError("ui.error_away", retry);
  }

  /** When the conversation has changed language ("in English please"), the page follows. */
  async #followLanguage(messages) {
    const spoken = messages.at(-1)?.metadata?.language;
    if (!spoken || spoken === this.#state.language || !this.#config.languages.some(({ code }) => code === spoken)) return;
    await this.#loadTexts(spoken);
    this.#applyTexts();
    this.#save();
  }

  // ---- what the person does ------------------------------------------------------------------------------------

  #submit() {
    const text = this.#parts.input.value.trim();
    if (!text || this.#busy) return;
    this.#parts.input.value = "";
    this.#exchange({ text }, { shown: text });
  }

  #choose(entry, index) {
    if (this.#busy) return;
    const { title, payload } = entry.buttons[index];
    // On a touch screen the focus goes to the log: in the input it would open the keyboard over the answer.
    const { input, log } = this.#parts;
    (matchMedia("(pointer: coarse)").matches ? log : input).focus({ preventScroll: true });
    this.#exchange({ payload }, { shown: title, chosen: [entry, index] });
  }

  async #chooseLanguage({ code, name }) {
    this.#toggleLanguages(false);
    this.#parts.languageButton.focus();
    if (code === this.#state.language) return;
    while (this.#busy) await this.#idle;
    try {
      await this.#loadTexts(code);
    } catch (error) {
      this.#fail(error, () => this.#chooseLanguage({ code, name }));
      return;
    }
    this.#applyTexts();
    this.#save();
    if (!this.#state.session) return;
    if (this.#state.entries.some(({ who }) => who === "user")) {
      await this.#exchange({ payload: `/change_language${JSON.stringify({ language: code })}` }, { shown: name });
    } else {
      this.#state.entries = []; // nothing said yet: the welcome again, in the language just chosen
      this.#drawAll();
      await this.#exchange({ payload: "/greet" });
    }
  }

  #ask(question, yes, action) {
    const { dialog, question: sentence, yes: button } = this.#parts;
    sentence.dataset.text = question;
    button.dataset.text = yes;
    this.#applyTexts();
    dialog.returnValue = "";
    dialog.onclose = () => dialog.returnValue === "yes" && action();
    dialog.showModal();
  }

  /** Deletes on the server; an unknown session is deleted already. */
  async #forget() {
    const { session } = this.#state;
    if (!session) return;
    try {
      await this.#call("DELETE", "/session", { session });
    } catch (error) {
      if (error.status !== 404) throw error;
    }
  }

  async #restart() {
    const forgotten = await this.#whileBusy(async () => {
      try {
        await this.#forget();
        return true;
      } catch (error) {
        this.#fail(error, () => this.#restart());
        return false;
      }
    });
    if (!forgotten) return;
    this.#wipe();
    this.#parts.over.hidden = true;
    this.#parts.input.focus();
    await this.#begin();
  }

  /** Deletes here at once, whatever the server does, and on the server as soon as it can be reached. */
  async #deleteData() {
    const { session } = this.#state;
    this.#wipe();
    this.#parts.over.hidden = true;
    this.#parts.composer.hidden = true;
    this.#toggleLanguages(false);
    Object.assign(this.#state, { session, deleting: true });
    this.#save();
    await this.#whileBusy(async () => {
      try {
        await this.#forget();
        this.#wipe();
        this.#parts.farewell.hidden = false;
        this.#parts.start.focus();
      } catch {
        this.#showError("ui.error_delete", () => this.#deleteData());
      }
    });
  }

  // ---- drawing -------------------------------------------------------------------------------------------------

  async #build() {
    const parts = this.#parts;
    const style = el("link", { rel: "stylesheet", href: new URL("./wegwijzer-chat.css", import.meta.url).href });
    const styled = new Promise((resolve) => {
      style.onload = resolve;
      style.onerror = resolve;
    });

    parts.languageName = el("span");
    parts.languageButton = el(
      "button",
      { type: "button", class: "language", "aria-expanded": "false", "aria-controls": "languages", onclick: () => this.#toggleLanguages() },
      el("span", { class: "globe", "aria-hidden": "true" }),
      el("span", { class: "unseen", "data-text": "ui.language", "data-after": ": " }),
      parts.languageName,
    );
    parts.languageList = el("ul", { role: "list" });
    parts.languages = el(
      "nav",
      { id: "languages", class: "languages", "aria-labelledby": "choose", hidden: true },
      el("p", { id: "choose", "data-text": "ui.choose_language" }),
      parts.languageList,
    );

    parts.over = el("p", { class: "over", "data-text": "ui.session_over", hidden: true });
    parts.entries = el("div", { class: "entries" });
    // In the page before the first message, and the only live region for messages: screen readers read what is added, once.
    parts.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "data-label": "ui.conversation" }, parts.over, parts.entries);
    parts.status = el("p", { class: "status", role: "status" });
    parts.start = el("button", { type: "button", class: "primary", "data-text": "ui.start", onclick: () => this.#begin() });
    parts.farewell = el("div", { class: "farewell", hidden: true }, el("p", { "data-text": "ui.deleted" }), parts.start);

    parts.errorText = el("p");
    parts.again = el("button", { type: "button", "data-text": "ui.try_again", hidden: true, onclick: () => this.#retry?.() });
    parts.error = el("div", { class: "error", role: "alert" }, parts.errorText, parts.again);

    parts.input = el("textarea", {
      rows: "1",
      dir: "auto",
      autocomplete: "off",
      enterkeyhint: "send",
      "data-label": "ui.input_label",
      "data-hint": "ui.input_hint",
    });
    parts.input.addEventListener("input", () => this.#keepDraft());
    parts.input.addEventListener("keydown", (event) => {
      // Enter that ends a composed character (Chinese, Amharic, ...) does not send; 229 is how Safari says so.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit();
    });
    parts.send = el("button", { type: "submit", class: "primary", "data-text": "ui.send" });
    parts.composer = el("form", { class: "composer" }, parts.input, parts.send);
    parts.composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });

    const restart = () => this.#ask("ui.restart_question", "ui.restart_yes", () => this.#restart());
    const erase = () => this.#ask("ui.delete_question", "ui.delete_yes", () => this.#deleteData());
    const actions = el(
      "div",
      { class: "actions" },
      el("button", { type: "button", "data-text": "ui.restart", onclick: restart }),
      el("button", { type: "button", class: "print", "data-text": "ui.print", onclick: () => print() }),
      el("button", { type: "button", "data-text": "ui.delete", onclick: erase }),
    );

    parts.question = el("p", { id: "question" });
    parts.yes = el("button", { type: "button", class: "primary", onclick: () => parts.dialog.close("yes") });
    parts.dialog = el(
      "dialog",
      { "aria-labelledby": "question" },
      parts.question,
      el("button", { type: "button", autofocus: true, "data-text": "ui.cancel", onclick: () => parts.dialog.close() }),
      parts.yes,
    );

    const header = el(
      "header",
      {},
      el(
        "div",
        { class: "bar" },
        el("img", { src: new URL("./wegwijzer.svg", import.meta.url).href, alt: "", width: "32", height: "32" }),
        el("h1", { "data-text": "ui.title" }),
        parts.languageButton,
      ),
    );
    parts.scroller = el("div", { class: "scroller" }, parts.languages, parts.log, parts.status, parts.farewell);
    const foot = el("footer", {}, parts.error, parts.composer, actions, el("p", { class: "notice", "data-text": "ui.notice" }));
    this.attachShadow({ mode: "open" }).append(style, header, parts.scroller, foot, parts.dialog);
    parts.input.value = this.#state.draft;
    // The keyboard of a phone opens or closes: the question that is being answered stays in view.
    new ResizeObserver(() => {
      const last = parts.entries.lastElementChild;
      if (last && this.shadowRoot.activeElement === parts.input) this.#scrollTo(last);
    }).observe(this);
    await styled;
  }

  #text(id) {
    return this.#config.texts[id] ?? id;
  }

  /** Puts the texts of the language in use wherever a node names one. */
  #applyTexts() {
    const { language, direction, languages } = this.#config;
    this.lang = language;
    this.dir = direction;
    if (this.hasAttribute("page")) {
      Object.assign(document.documentElement, { lang: language, dir: direction });
      document.title = this.#text("ui.page_title");
    }
    for (const node of this.shadowRoot.querySelectorAll("[data-text]")) {
      const { text, before = "", after = "" } = node.dataset;
      node.textContent = before + this.#text(text) + after;
    }
    for (const node of this.shadowRoot.querySelectorAll("[data-label]")) node.ariaLabel = this.#text(node.dataset.label);
    for (const node of this.shadowRoot.querySelectorAll("[data-hint]")) node.placeholder = this.#text(node.dataset.hint);
    const current = languages.find(({ code }) => code === language);
    this.#parts.languageName.textContent = current?.name ?? language;
    this.#parts.languageList.replaceChildren(
      ...languages.map((offer) => {
        const mark = offer.code === language ? "true" : undefined;
        const pick = () => this.#chooseLanguage(offer);
        const attributes = { type: "button", lang: offer.code, dir: offer.direction, "aria-current": mark, onclick: pick };
        return el("li", {}, el("button", attributes, offer.name));
      }),
    );
    this.#fillStatus();
  }

  #fillStatus() {
    const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.#parts.status.replaceChildren(...(this.#busy ? [el("span", { class: "unseen" }, this.#text("ui.typing")), dots] : []));
    if (this.#busy && this.#parts.languages.hidden) this.#scrollTo(this.#parts.status);
  }

  #toggleLanguages(show = this.#parts.languages.hidden) {
    this.#parts.languages.hidden = !show;
    this.#parts.languageButton.setAttribute("aria-expanded", String(show));
    if (show) this.#parts.languages.scrollIntoView({ block: "nearest" });
  }

  #showError(id, retry = null) {
    const { errorText, again } = this.#parts;
    const hadFocus = this.shadowRoot.activeElement === again;
    errorText.textContent = id ? this.#text(id) : "";
    errorText.dataset.text = id ?? "";
    if (!id) delete errorText.dataset.text;
    again.hidden = !retry;
    this.#retry = retry;
    if (hadFocus && !retry) this.#parts.input.focus({ preventScroll: true });
  }

  #keepDraft() {
    this.#state.draft = this.#parts.input.value;
    this.#save();
  }

  /** Shows what the person answered and closes the open buttons. Returns the way back. */
  #showAnswer(shown, [entry, index] = []) {
    const opened = this.#state.entries.filter(({ open }) => open);
    for (const turn of opened) turn.open = false;
    if (entry) entry.chosen = index;
    this.#state.entries.push({ who: "user", text: shown });
    this.#toggleLanguages(false);
    this.#keepDraft();
    this.#draw();
    return () => {
      for (const turn of opened) turn.open = true;
      if (entry) delete entry.chosen;
      this.#state.entries.pop();
      this.#draw();
    };
  }

  #receive(messages) {
    if (messages.some(({ metadata }) => metadata?.conversation_deleted)) {
      this.#state.entries = []; // "delete my data" in words: what was said is gone here too
      this.#drawAll();
    }
    const first = this.#state.entries.length;
    for (const { text = "", buttons = [], metadata } of messages) {
      this.#state.entries.push({ who: "bot", text, language: metadata?.language, buttons, open: buttons.length > 0 });
    }
    this.#save();
    this.#draw();
    // The last message in view, but never past the start of the first: a long verdict is read from its first sentence.
    const { entries, languages, scroller } = this.#parts;
    const shown = [...entries.children];
    if (!languages.hidden) scroller.scrollTop = 0; // the welcome: the choice of language comes first
    else if (shown.length > first) this.#scrollTo(shown.at(-1), shown[first]);
  }

  #scrollTo(last, first = last) {
    last.scrollIntoView({ block: "end" });
    const top = Math.max(this.#parts.scroller.getBoundingClientRect().top, 0);
    if (first.getBoundingClientRect().top < top) first.scrollIntoView({ block: "start" });
  }

  /** Draws a conversation that was there before (reload) or is gone, without reading it all aloud. */
  #drawAll() {
    const { log, entries } = this.#parts;
    log.setAttribute("aria-live", "off");
    entries.replaceChildren();
    this.#draw();
    if (entries.lastElementChild) this.#scrollTo(entries.lastElementChild);
    requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  }

  /** Brings the log in line with the entries: adds, takes away from the end, opens and closes buttons. Leaves the rest alone. */
  #draw() {
    const { entries } = this.#parts;
    while (entries.children.length > this.#state.entries.length) entries.lastElementChild.remove();
    let number = 0;
    this.#state.entries.forEach((entry, position) => {
      const previous = this.#state.entries[position - 1];
      if (previous?.who !== entry.who) number = 0;
      const node = entries.children[position] ?? entries.appendChild(this.#drawEntry(entry, number, previous));
      number += entry.buttons?.length ?? 0;
      node.querySelectorAll(".choices button").forEach((button, index) => {
        button.disabled = !entry.open;
        button.classList.toggle("chosen", entry.chosen === index);
      });
    });
  }

  /** Buttons are numbered through the turn, as the server counts them when a number is typed. */
  #drawEntry(entry, number, previous) {
    const { who, text, language, buttons = [] } = entry;
    const speaker = who === "bot" ? "ui.title" : "ui.you";
    const node = el("div", { class: `entry ${who}${previous?.who === who ? " more" : ""}` });
    if (text) {
      const prefix = el("span", { class: "unseen", "data-text": speaker, "data-after": ": " }, `${this.#text(speaker)}: `);
      node.append(prefix, el("div", { class: "bubble", lang: language }, ...renderText(text)));
    }
    if (buttons.length) {
      const choices = buttons.map(({ title }, index) => {
        const label = [el("span", { class: "number" }, String(number + index + 1)), " ", el("span", { dir: "auto", lang: language }, title)];
        return el("li", {}, el("button", { type: "button", onclick: () => this.#choose(entry, index) }, ...label));
      });
      node.append(el("ul", { class: "choices", role: "list", "data-label": "ui.choices", "aria-label": this.#text("ui.choices") }, ...choices));
    }
    for (const span of node.querySelectorAll("a [data-text]")) span.textContent = ` (${this.#text("ui.new_tab")})`;
    return node;
  }
}

customElements.define("wegwijzer-chat", WegwijzerChat);
