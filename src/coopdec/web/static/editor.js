// The SPARQL editor: YASGUI's editor (Yasqe) and results view (Yasr), with our examples, our
// terms, and views of our own for tables, maps, charts and text. Nothing is asked of other
// servers. Without this script the page has a plain form.
import { registerViews } from "./editor-views.js";

const page = document.getElementById("editor");
const said = JSON.parse(document.getElementById("editor-words").textContent);
const { words, prefixes, terms, endpoint } = said;

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// A query in the address, before or after #: what pages and people link to.
function linked() {
  const hash = new URLSearchParams(location.hash.replace(/^#\??/, ""));
  return hash.get("query") || new URLSearchParams(location.search).get("query");
}

function completers(Yasqe) {
  Yasqe.defaults.autocompleters = ["variables"];
  const iris = (kind) => terms.filter((t) => t.kind === kind).map((t) => t.iri);
  const labels = new Map(terms.map((t) => [t.iri, t.label]));
  const short = new Map(Object.entries(prefixes).map(([name, iri]) => [iri, name]));
  const expand = (text) => {
    const at = text.indexOf(":");
    const space = prefixes[text.slice(0, at)];
    return space ? space + text.slice(at + 1) : text.replace(/^<|>$/g, "");
  };
  for (const kind of ["class", "property"]) {
    Yasqe.forkAutocompleter(kind, {
      name: `coopdec-${kind}`, bulk: true, autoShow: true, persistenceId: null,
      get: () => iris(kind),
      postprocessHints: (_, hints) => hints.map((hint) => {
        const label = labels.get(expand(hint.text));
        return label ? { ...hint, displayText: `${hint.displayText || hint.text} – ${label}` } : hint;
      }),
    });
  }
  Yasqe.forkAutocompleter("prefixes", {
    name: "coopdec-prefixes", persistenceId: null,
    get: () => [...short].map(([iri, name]) => `${name}: <${iri}>`).sort(),
  });
}

// Declares the well-known prefixes that a query uses without saying so: the server knows
// them, the editor's check of the syntax does not.
function declare(yasqe) {
  const declared = yasqe.getPrefixesFromQuery();
  const bare = yasqe.getValue().replace(/#[^\n]*|<[^<>\s]*>|"(\\.|[^"\\])*"|'(\\.|[^'\\])*'/g, (m) => (
    m[0] === "#" || m[0] === "<" ? " " : '""'));
  for (const [, name] of bare.matchAll(/(?:^|[\s({[/|^!,;.])([A-Za-z][\w-]*):/g)) {
    if (prefixes[name] && !declared[name]) {
      yasqe.addPrefixes({ [name]: prefixes[name] });
      declared[name] = prefixes[name];
    }
  }
}

function translate(yasr) {
  yasr.updateResponseInfo = () => {
    const rows = yasr.results && yasr.results.getBindings();
    const time = yasr.results && yasr.results.getResponseTime();
    const seconds = ((time || 0) / 1000).toLocaleString(page.lang, { maximumFractionDigits: 2 });
    yasr.dataElement.textContent = rows
      ? fill(rows.length === 1 ? words.oneRow : words.rows,
        { n: rows.length.toLocaleString(page.lang), seconds }) : "";
    yasr.dataElement.classList.toggle("empty", !rows);
  };
  yasr.fillFallbackBox = (name) => {
    yasr.emptyFallbackElement();
    if (yasr.plugins[name] && yasr.plugins[name].hideFromSelection) return;
    const note = document.createElement("p");
    note.textContent = words.otherView;
    yasr.fallbackInfoEl.append(note);
  };
  yasr.updateHelpButton = () => {};
  yasr.documentationLink.remove();
  yasr.pluginControls.removeAttribute("aria-controls");
  yasr.dataElement.setAttribute("role", "status");
  yasr.downloadBtn.setAttribute("aria-label", words.download);
  yasr.downloadBtn.title = words.download;
  const update = yasr.updateExportHeaders.bind(yasr);
  yasr.updateExportHeaders = () => {
    update();
    yasr.downloadBtn.title = words.download;
  };
  const mark = () => {
    for (const button of yasr.rootEl.querySelectorAll(".yasr_btnGroup button")) {
      const off = button.classList.contains("disabled");
      button.removeAttribute("aria-label");
      button.removeAttribute("title");
      button.setAttribute("aria-pressed", String(button.classList.contains("selected")));
      button.disabled = off;
    }
  };
  const selectors = yasr.updatePluginSelectors.bind(yasr);
  yasr.updatePluginSelectors = (compatible) => {
    selectors(compatible);
    mark();
  };
  mark();
}

function problemText(text) {
  try {
    return JSON.parse(text).detail || text;
  } catch {
    return text;
  }
}

async function failure(error) {
  const box = document.createElement("div");
  box.className = "tools-problems";
  box.setAttribute("role", "alert");
  box.textContent = error.text ? problemText(error.text) : error.message || words.failed;
  return box;
}

function save(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function start() {
  const { Yasqe, Yasr } = window;
  document.getElementById("plain").hidden = true;
  page.hidden = false;
  completers(Yasqe);
  registerViews(Yasr, said, page.lang);

  const plain = document.getElementById("plain-query").value;
  const yasqe = new Yasqe(document.getElementById("yasqe"), {
    value: linked() || plain, persistenceId: null, createShareableLink: null,
    consumeShareLink: null, showQueryButton: false, resizeable: true, autofocus: false,
    editorHeight: "20rem", screenReaderLabel: words.query,
    requestConfig: {
      endpoint, method: "POST", acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderGraph: "text/turtle", headers: { "Accept-Language": page.lang },
    },
  });
  // What the editor holds must be the link's, not what CodeMirror starts with.
  yasqe.setValue(linked() || plain);
  declare(yasqe);
  const field = yasqe.getInputField();
  field.setAttribute("aria-label", words.query);
  field.setAttribute("aria-describedby", "editor-keys");
  const yasr = new Yasr(document.getElementById("yasr"), {
    persistenceId: null, maxPersistentResponseSize: 0, defaultPlugin: "table",
    pluginOrder: ["table", "map", "chart", "response"], errorRenderers: [failure],
    prefixes: () => ({ ...prefixes, ...yasqe.getPrefixesFromQuery() }),
    getDownloadFileName: () => "coopdec",
  });
  translate(yasr);

  const run = document.getElementById("run");
  const state = document.getElementById("editor-state");
  let running = false;
  const show = (now) => {
    running = now;
    run.textContent = now ? words.stop : words.run;
    state.textContent = now ? words.running : "";
  };
  yasqe.on("query", () => {
    show(true);
    history.replaceState(null, "", `${location.pathname}#query=${encodeURIComponent(yasqe.getValue())}`);
  });
  yasqe.on("queryAbort", () => show(false));
  yasqe.on("queryResponse", (_, response, duration) => {
    show(false);
    const results = document.getElementById("results");
    results.hidden = false;
    yasr.setResponse(response, duration);
    // On a small screen they begin below what one sees.
    if (results.getBoundingClientRect().top > innerHeight - 80) results.scrollIntoView();
    document.getElementById("csv").disabled = !yasr.results || !yasr.results.getBindings();
  });
  const ask = () => {
    declare(yasqe);
    return yasqe.query().catch(() => show(false));
  };
  run.addEventListener("click", () => (running ? yasqe.abortQuery() : ask()));
  document.getElementById("format").addEventListener("click", () => {
    yasqe.execCommand("selectAll");
    yasqe.autoformat();
    yasqe.setCursor(0, 0);
  });
  document.getElementById("share").addEventListener("click", async () => {
    const link = `${location.origin}${location.pathname}#query=${encodeURIComponent(yasqe.getValue())}`;
    history.replaceState(null, "", link);
    try {
      await navigator.clipboard.writeText(link);
      state.textContent = words.copied;
    } catch {
      state.textContent = words.inAddress;
    }
  });
  document.getElementById("csv").addEventListener("click", async () => {
    // The whole answer as the server writes it, not what the browser shows of it.
    const answer = await fetch(endpoint, {
      method: "POST", body: new URLSearchParams({ query: yasqe.getValue() }),
      headers: { Accept: "text/csv" },
    });
    const text = await answer.text();
    if (answer.ok) save(text, "coopdec.csv", "text/csv");
    else state.textContent = problemText(text);
  });
  window.addEventListener("hashchange", () => {
    const query = linked();
    if (query && query !== yasqe.getValue()) {
      yasqe.setValue(query);
      ask();
    }
  });

  for (const form of document.querySelectorAll("form[data-query]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[role=alert]");
      const values = new URLSearchParams(new FormData(form));
      values.set("lang", page.lang);
      const answer = await fetch(`${form.dataset.query}?${values}`,
        { headers: { "Accept-Language": page.lang } });
      const text = await answer.text();
      problem.textContent = answer.ok ? "" : problemText(text);
      if (!answer.ok) return;
      yasqe.setValue(text);
      page.scrollIntoView();
      run.focus();
      ask();
    });
  }
  if (linked()) ask();
}

if (window.Yasqe && window.Yasr) start();
