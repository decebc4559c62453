// What JavaScript adds: every page reads and works without it.
"use strict";
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss").replace(/ø/g, "o")
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  // -- a table that is filtered as one types
  for (const form of document.querySelectorAll("form[data-filter]")) {
    const rows = [...document.querySelectorAll(`#${form.dataset.filter} tbody tr`)];
    const texts = rows.map((row) => fold(row.textContent));
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("input").addEventListener("input", (event) => {
      const words = fold(event.target.value).split(" ");
      rows.forEach((row, n) => { row.hidden = !words.every((w) => texts[n].includes(w)); });
    });
  }

  // -- on a narrow screen facets wait below their names
  if (matchMedia("(max-width: 60rem)").matches) {
    for (const facet of document.querySelectorAll("details.facet[open]")) {
      if (!facet.querySelector("[aria-current]")) facet.open = false;
    }
  }

  // -- the static site's list of projects, filtered in the browser
  const list = document.getElementById("cards");
  if (!list || !list.dataset.index) return;
  const words = document.getElementById("words").dataset;
  const SIZE = Number(list.dataset.size);
  const status = document.getElementById("results-title");
  const pager = document.getElementById("pager");
  const csv = document.getElementById("csv");
  const search = document.querySelector("form[role=search]");
  const refine = document.querySelector(".facets"); // none where all projects are alike
  const FACETS = ["country", "region", "theme", "call", "type"];
  const OTHERS = ["session", "lead", "partner"];
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let data = null;

  const el = (tag, props = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...inside);
    return made;
  };
  const value = (facet, path) => {
    const short = path.slice(path.indexOf("/") + 1);
    return facet === "region" ? short.replace(/^region\//, "") : short;
  };
  const address = (path) => data.root + (data.lang === "en" ? "en/" : "")
    + path.split("/").map((s) => encodeURIComponent(decodeURIComponent(s))).join("/") + ".html";

  const load = async () => {
    if (data) return data;
    const said = await (await fetch(list.dataset.index)).json();
    for (const project of said.projects) {
      const [path, title, lang, other, ...facets] = project;
      const at = Object.fromEntries(said.facets.map((f, n) => [f, facets[n]]));
      const named = facets.flat().map((n) => `${said.names[n][1]} ${said.names[n][3]}`);
      const values = {};
      for (const facet of said.facets) {
        values[facet] = at[facet].map((n) => value(facet, said.names[n][0]));
      }
      if (!values.theme.length) values.theme = ["none"];
      values.type = [...new Set(at.lead.map((n) => said.names[n][0].split("/")[1]))];
      Object.assign(project, { path, title, tag: lang, at, values,
        text: ` ${fold([title, other, ...named].join(" "))}` });
    }
    said.used = said.names.map(() => 0);
    for (const { at } of said.projects) for (const n of new Set(Object.values(at).flat())) {
      said.used[n] += 1;
    }
    data = said;
    return data;
  };

  const asked = () => {
    const params = new URLSearchParams(location.search);
    const chosen = {};
    for (const facet of [...FACETS, ...OTHERS]) {
      if (params.has(facet)) chosen[facet] = params.getAll(facet);
    }
    return { q: params.get("q") || "", chosen, page: Math.max(1, Number(params.get("page")) || 1) };
  };
  const query = (state, page) => {
    const params = new URLSearchParams();
    if (state.q) params.set("q", state.q);
    for (const [facet, values] of Object.entries(state.chosen)) {
      for (const one of values) params.append(facet, one);
    }
    if (page > 1) params.set("page", page);
    const text = params.toString();
    return location.pathname.replace(/page-\d+\.html$/, "") + (text ? `?${text}` : "");
  };
  const answers = (project, state, but) => {
    for (const [facet, values] of Object.entries(state.chosen)) {
      if (facet !== but && values.length && !values.some((v) => project.values[facet].includes(v))) {
        return false;
      }
    }
    return state.words.every((w) => project.text.includes(` ${w}`));
  };

  const link = (n) => {
    const [path, label, lang] = data.names[n];
    return el("a", { href: address(path), lang }, label);
  };
  const joined = (numbers, most) => {
    const found = [];
    numbers.slice(0, most).forEach((n, i) => { if (i) found.push(", "); found.push(link(n)); });
    if (numbers.length > most) found.push(` +${numbers.length - most}`);
    return found;
  };
  const card = (project) => {
    const { lead, partner, country, theme, session, call } = project.at;
    const who = el("p", { class: "who" }, ...joined(lead, 4));
    if (lead.length && (partner.length || country.length)) {
      who.append(" ", el("span", { class: "arrow", "aria-hidden": "true" }, "→"),
        el("span", { class: "hidden" }, ` ${words.with}`), " ");
    }
    who.append(...joined(partner, 4), partner.length && country.length ? " – " : "",
      ...joined(country, 4));
    const meta = el("p", { class: "meta" });
    for (const n of theme) {
      const [path, label] = data.names[n];
      const code = path.split("/")[1];
      meta.append(el("a", { class: `goal small goal-${code}`, href: address(path) },
        el("b", {}, code), " ", el("span", {}, label)));
    }
    const last = session[0] ?? call[0];
    if (last !== undefined) meta.append(el("span", { class: "session" }, link(last)));
    return el("li", { class: "card" },
      el("h3", {}, el("a", { href: address(project.path), lang: project.tag, dir: "auto" },
        project.title)), who, meta);
  };

  // -- beside the answers, as on served pages: pages of the words, and words that were meant
  const told = (text) => {
    const folded = [...new Set(fold(text).split(" ").filter(Boolean))];
    const long = folded.filter((w) => w.length > 1);
    return long.length ? long : folded;
  };
  const count = (text) => {
    const asked = told(text);
    return data.projects.filter((p) => asked.every((w) => p.text.includes(` ${w}`))).length;
  };
  const pagesOf = (text, asked) => {
    const goals = [...fold(text).matchAll(/\b(?:odd|sdg)s? ?(?:n |no |numero )?(\d{1,2})\b/g)]
      .map((m) => data.names.findIndex(([path]) => path === `goal/${m[1]}`));
    const named = data.names.map(([, label, , others], n) => [n, ` ${fold(`${label} ${others}`)}`])
      .filter(([, label]) => asked.every((w) => label.includes(` ${w}`)))
      .map(([n]) => n).sort((a, b) => data.used[b] - data.used[a]).slice(0, 8);
    return [...new Set([...goals.filter((n) => n >= 0), ...named])];
  };
  const apart = (a, b) => { // letters changed, missing, too many, or two exchanged
    const d = [...a, ""].map((_, i) => [i]);
    for (let j = 1; j <= b.length; j += 1) d[0][j] = j;
    for (let i = 1; i <= a.length; i += 1) {
      for (let j = 1; j <= b.length; j += 1) {
        d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1,
          d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length][b.length];
  };
  const spelt = (word) => {
    const far = Math.min(2, Math.floor(word.length / 4));
    if (!far || !/^\p{L}+$/u.test(word)) return [];
    if (!data.words) {
      data.words = new Map();
      for (const project of data.projects) {
        for (const w of new Set(project.text.split(" "))) {
          if (/^\p{L}+$/u.test(w)) data.words.set(w, (data.words.get(w) || 0) + 1);
        }
      }
    }
    const near = [...data.words].filter(([w]) => Math.abs(w.length - word.length) <= far)
      .map(([w, n]) => [apart(word, w), -n, w]).filter(([away]) => away <= far)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
    const found = [];
    for (const [, , w] of near) if (!found.some((nearer) => w.startsWith(nearer))) found.push(w);
    return found.slice(0, 3);
  };
  const meant = (asked) => {
    const offered = new Map();
    for (const word of asked.filter((w) => !count(w))) {
      for (const near of spelt(word)) {
        for (const spelling of [asked.map((w) => (w === word ? near : w)).join(" "), near]) {
          const n = count(spelling);
          if (n) { offered.set(spelling, n); break; }
        }
      }
    }
    return [...offered].slice(0, 4);
  };
  const projects = (n) => el("span", { class: "note" },
    `(${(n === 1 ? words.one : words.many).replace("{n}", number.format(n))})`);
  const offer = (id, found) => {
    const box = document.getElementById(id);
    box.hidden = !found.length;
    box.querySelector("span").replaceChildren(...found.flatMap(([text, n], i) => {
      const a = el("a", { href: query({ q: text, chosen: {} }, 1) }, text);
      a.addEventListener("click", (event) => turn(event, a.href));
      return [i ? ", " : "", a, " ", projects(n)];
    }));
  };
  const beside = (state) => {
    const first = state.q && state.page === 1;
    const pages = first ? pagesOf(state.q, state.words) : [];
    const hits = document.getElementById("hits");
    hits.hidden = !pages.length;
    hits.querySelector("ul").replaceChildren(...pages.map((n) => el("li", {}, link(n), " ",
      projects(data.used[n]))));
    const lost = state.q && !found.length;
    offer("meant", lost ? meant(state.words) : []);
    offer("alone", lost ? state.words.map((w) => [w, count(w)]).filter(([, n]) => n) : []);
  };

  const turn = (event, target) => {
    event.preventDefault();
    history.pushState(null, "", target);
    show();
  };
  const paging = (state, last) => {
    pager.replaceChildren();
    if (last < 2) return;
    const items = [];
    const step = (page, text, rel) => {
      const a = el("a", { href: query(state, page), rel }, text);
      a.addEventListener("click", (event) => { turn(event, a.href); status.scrollIntoView(); });
      items.push(el("li", {}, a));
    };
    if (state.page > 1) step(state.page - 1, words.previous, "prev");
    for (let n = Math.max(1, state.page - 3); n <= Math.min(last, state.page + 3); n += 1) {
      if (n === state.page) items.push(el("li", {}, el("span", { "aria-current": "page" }, `${n}`)));
      else step(n, `${n}`);
    }
    if (state.page < last) step(state.page + 1, words.next, "next");
    pager.append(el("nav", { class: "pager", "aria-label": words.pages }, el("ul", {}, ...items)));
  };
  const facets = (state) => {
    for (const box of document.querySelectorAll("[data-facet]")) {
      const facet = box.dataset.facet;
      const counts = {};
      for (const project of data.projects) {
        if (answers(project, state, facet)) {
          for (const one of project.values[facet]) counts[one] = (counts[one] || 0) + 1;
        }
      }
      for (const choice of box.querySelectorAll("a[data-value]")) {
        const own = choice.dataset.value;
        const picked = (state.chosen[facet] || []).includes(own);
        choice.querySelector(".n").textContent = number.format(counts[own] || 0);
        choice.parentElement.hidden = !counts[own] && !picked;
        if (picked) choice.setAttribute("aria-current", "true");
        else choice.removeAttribute("aria-current");
      }
      for (const part of [...box.querySelectorAll(".more"), box]) {
        const shown = part.querySelectorAll("li:not([hidden])").length;
        part.hidden = !shown;
        if (part !== box) {
          part.querySelector("summary").textContent = (shown === 1 ? words.other : words.others)
            .replace("{n}", number.format(shown));
        }
      }
    }
    if (refine) refine.hidden = !refine.querySelector(".facet:not([hidden])");
  };
  const download = (found) => {
    const cell = (text) => {
      const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
    };
    const names = (numbers) => numbers.map((n) => data.names[n][1]).join("|");
    const codes = (numbers) => numbers.map((n) => data.names[n][0].split("/")[1]).join("|");
    const lines = [["path", "title", "lead", "region", "partner", "country", "iso2", "sdg", "call",
      "session"]];
    for (const p of found) {
      lines.push([p.path, p.title, names(p.at.lead), names(p.at.region), names(p.at.partner),
        names(p.at.country), codes(p.at.country), codes(p.at.theme), names(p.at.call),
        names(p.at.session)]);
    }
    return lines.map((line) => line.map(cell).join(",")).join("\n") + "\n";
  };

  let found = [];
  const show = async () => {
    const state = asked();
    await load();
    state.words = told(state.q);
    search.elements.q.value = state.q;
    found = data.projects.filter((project) => answers(project, state));
    const last = Math.max(1, Math.ceil(found.length / SIZE));
    state.page = Math.min(state.page, last);
    const form = found.length === 1 ? words.one : words.many;
    status.textContent = found.length ? form.replace("{n}", number.format(found.length)) : words.none;
    list.replaceChildren(...found.slice((state.page - 1) * SIZE, state.page * SIZE).map(card));
    paging(state, last);
    facets(state);
    beside(state);
    const narrowed = Boolean(state.q || Object.keys(state.chosen).length);
    document.getElementById("clear").hidden = !narrowed;
    document.querySelector(".sparql").hidden = narrowed; // it is that of the whole list
    csv.hidden = !found.length;
    document.querySelector(".langs a").search = location.search;
  };

  search.addEventListener("submit", (event) => {
    const state = asked();
    state.q = search.elements.q.value.trim();
    turn(event, query(state, 1));
  });
  refine?.addEventListener("click", (event) => {
    const choice = event.target.closest("a[data-value]");
    if (!choice || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const state = asked();
    const facet = choice.closest("[data-facet]").dataset.facet;
    const own = choice.dataset.value;
    const before = state.chosen[facet] || [];
    state.chosen[facet] = before.includes(own) ? before.filter((v) => v !== own) : [...before, own];
    turn(event, query(state, 1));
  });
  csv.addEventListener("click", (event) => {
    if (!data || found.length === data.projects.length) return;
    event.preventDefault();
    const made = URL.createObjectURL(new Blob([download(found)], { type: "text/csv" }));
    el("a", { href: made, download: "projects.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(made), 10000);
  });
  addEventListener("popstate", show);
  if (location.search) show();
})();
