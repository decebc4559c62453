// Views of query results for Yasr: table, map, chart, text. Each is a class with YASR's
// plugin interface.

const GEO = "http://www.opengis.net/ont/geosparql#wktLiteral";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "short",
  "nonNegativeInteger", "positiveInteger"].map((t) => XSD + t));
const PAGE = 100;

let words, prefixes, base, root, map, lang;

function make(name, attributes = {}, ...children) {
  const element = name.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const isNumber = (term) => term && term.datatype && NUMBERS.has(term.datatype);

function short(iri) {
  for (const [name, space] of Object.entries(prefixes)) {
    if (iri.startsWith(space) && !/[/#]/.test(iri.slice(space.length))) {
      return `${name}:${iri.slice(space.length)}`;
    }
  }
  return iri.startsWith(base) ? decodeURI(iri.slice(base.length)) : iri;
}

// Our own resources have a page here; what is no web address is no link.
function address(iri) {
  if (iri.startsWith(base)) {
    const [path, fragment] = iri.slice(base.length).split("#");
    return `${root}${lang === "en" ? "en/" : ""}${path}.html${fragment ? `#${fragment}` : ""}`;
  }
  return /^https?:\/\//.test(iri) ? iri : null;
}

function cell(term) {
  if (!term) return "";
  if (term.type !== "uri") {
    const text = make("span", term["xml:lang"] ? { lang: term["xml:lang"] } : {}, term.value);
    return text;
  }
  const to = address(term.value);
  return to ? make("a", { href: to, title: term.value }, short(term.value)) : term.value;
}

class View {
  constructor(yasr) {
    this.yasr = yasr;
  }

  get rows() {
    return (this.yasr.results && this.yasr.results.getBindings()) || [];
  }

  get columns() {
    return (this.yasr.results && this.yasr.results.getVariables()) || [];
  }

  put(...elements) {
    this.yasr.resultsEl.replaceChildren(...elements);
  }
}

class Table extends View {
  priority = 10;
  label = words.table;

  canHandleResults() {
    return this.columns.length > 0;
  }

  download(name) {
    return { getData: () => this.yasr.results.asCsv(), contentType: "text/csv",
      filename: `${name}.csv`, title: words.download };
  }

  draw() {
    this.order = null;
    this.first = 0;
    this.show();
  }

  sorted() {
    if (!this.order) return this.rows;
    const { column, down } = this.order;
    const collator = new Intl.Collator(lang, { numeric: true });
    const value = (row) => row[column];
    return [...this.rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
      const by = isNumber(x) && isNumber(y) ? Number(x.value) - Number(y.value)
        : collator.compare(x.value, y.value);
      return down ? -by : by;
    });
  }

  show(focus) {
    const rows = this.sorted();
    const head = make("tr");
    for (const column of this.columns) {
      const mine = this.order && this.order.column === column;
      const button = make("button", { type: "button", "data-column": column }, column);
      button.addEventListener("click", () => {
        this.order = { column, down: Boolean(mine && !this.order.down) };
        this.first = 0;
        this.show(column);
      });
      head.append(make("th", { scope: "col",
        "aria-sort": mine ? (this.order.down ? "descending" : "ascending") : "none" }, button));
    }
    const body = make("tbody");
    for (const row of rows.slice(this.first, this.first + PAGE)) {
      body.append(make("tr", {}, ...this.columns.map((column) => make(
        "td", isNumber(row[column]) ? { class: "num", dir: "auto" } : { dir: "auto" },
        cell(row[column])))));
    }
    const table = make("div", { class: "table-wrap", tabindex: "0", role: "region",
      "aria-label": words.table }, make("table", {}, make("thead", {}, head), body));
    this.put(table, ...(rows.length > PAGE ? [this.pages(rows.length)] : []));
    if (focus) this.yasr.resultsEl.querySelector(`[data-column="${CSS.escape(focus)}"]`).focus();
  }

  pages(total) {
    const go = (to, text) => {
      const button = make("button", { type: "button" }, text);
      button.disabled = to < 0 || to >= total;
      button.addEventListener("click", () => {
        this.first = to;
        this.show();
      });
      return button;
    };
    const last = Math.min(this.first + PAGE, total);
    return make("div", { class: "editor-pages" }, go(this.first - PAGE, words.before),
      make("span", {}, `${this.first + 1}–${last} / ${total.toLocaleString(lang)}`),
      go(this.first + PAGE, words.after));
  }
}

// Equal Earth, as the background is drawn (pages/atlas/projection.py).
function project(lat, long) {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const m = Math.sqrt(3) / 2;
  const t = Math.asin(m * Math.sin(lat * Math.PI / 180));
  const [t2, t6] = [t * t, t ** 6];
  return [
    long * Math.PI / 180 * Math.cos(t) / (m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2))),
    t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))];
}

function placed(lat, long) {
  const scale = map.width / 2 / 2.7066299836;
  const [x, y] = project(lat, long);
  return [x * scale + map.width / 2, project(84, 0)[1] * scale - y * scale];
}

// [lat, long] of a WKT literal: a point, or the middle of what it draws.
function ofWkt(text) {
  const numbers = (text.replace(/^\s*<[^>]*>/, "").match(/-?\d+(\.\d+)?([eE][+-]?\d+)?/g) || [])
    .map(Number);
  if (numbers.length < 2) return null;
  const depth = / Z[ (]/i.test(text) ? 3 : 2;
  let [x, y, n] = [0, 0, 0];
  for (let i = 0; i + 1 < numbers.length; i += depth) {
    [x, y, n] = [x + numbers[i], y + numbers[i + 1], n + 1];
  }
  return [y / n, x / n];
}

class WorldMap extends View {
  priority = 5;
  label = words.map;

  coordinates() {
    const some = this.rows.slice(0, 50);
    const wkt = this.columns.find((c) => some.some((r) => r[c] && (r[c].datatype === GEO
      || /^\s*(<[^>]*>\s*)?(MULTI)?POINT\s*Z?\s*\(/i.test(r[c].value))));
    if (wkt) return (row) => row[wkt] && ofWkt(row[wkt].value);
    const named = (...names) => this.columns.find((c) => names.includes(c.toLowerCase()));
    const lat = named("lat", "latitude");
    const long = named("long", "lon", "lng", "longitude");
    if (!lat || !long) return null;
    return (row) => row[lat] && row[long] && [Number(row[lat].value), Number(row[long].value)];
  }

  canHandleResults() {
    return this.rows.length > 0 && this.coordinates() !== null;
  }

  draw() {
    const at = this.coordinates();
    const points = [];
    for (const row of this.rows) {
      const found = at(row);
      if (found && found.every(Number.isFinite) && Math.abs(found[0]) <= 90
        && Math.abs(found[1]) <= 180) points.push([row, ...placed(...found)]);
    }
    const box = this.box(points);
    const size = box[2];
    const svg = make("svg:svg", { viewBox: box.join(" "), role: "group", class: "editor-map",
      "aria-label": words.mapOf.replace("{n}", points.length) });
    svg.append(make("svg:image", { href: map.url, width: map.width, height: map.height,
      "aria-hidden": "true" }));
    for (const [row, x, y] of points.slice(0, 5000)) {
      const text = this.columns.map((c) => row[c]).filter((t) => t && !isNumber(t)
        && t.datatype !== GEO && t.type !== "uri").map((t) => t.value).join(" · ");
      const iri = this.columns.map((c) => row[c]).find((t) => t && t.type === "uri");
      const dot = make("svg:circle", { cx: x, cy: y, r: size / 180 },
        make("svg:title", {}, text || (iri ? iri.value : `${x}, ${y}`)));
      const to = iri && address(iri.value);
      svg.append(to ? make("svg:a", { href: to, "aria-label": text || iri.value }, dot) : dot);
    }
    const zoom = make("button", { type: "button", "aria-pressed": String(Boolean(this.whole)) },
      words.whole);
    zoom.addEventListener("click", () => {
      this.whole = !this.whole;
      this.draw();
      this.yasr.resultsEl.querySelector("button").focus();
    });
    this.put(make("div", { class: "editor-pages" }, zoom, make("span", {},
      words.mapOf.replace("{n}", points.length.toLocaleString(lang)))), svg);
  }

  // What holds the points, in the drawing's proportions.
  box(points) {
    if (this.whole || !points.length) return [0, 0, map.width, map.height];
    const [xs, ys] = [points.map((p) => p[1]), points.map((p) => p[2])];
    const low = (values) => values.reduce((a, b) => Math.min(a, b));
    const high = (values) => values.reduce((a, b) => Math.max(a, b));
    const [x, y] = [(low(xs) + high(xs)) / 2, (low(ys) + high(ys)) / 2];
    const ratio = map.height / map.width;
    const wide = Math.min(map.width,
      Math.max(160, 1.2 * (high(xs) - low(xs)), 1.2 * (high(ys) - low(ys)) / ratio));
    return [x - wide / 2, y - wide * ratio / 2, wide, wide * ratio];
  }
}

class Chart extends View {
  priority = 4;
  label = words.chart;

  parts() {
    const some = this.rows.slice(0, 50);
    const filled = (c) => some.filter((r) => r[c]);
    const number = [...this.columns].reverse().find((c) => filled(c).length
      && filled(c).every((r) => isNumber(r[c])));
    const label = this.columns.find((c) => c !== number && filled(c).length
      && filled(c).every((r) => r[c].type !== "uri" && !isNumber(r[c])))
      || this.columns.find((c) => c !== number && filled(c).length);
    return number && label ? { number, label } : null;
  }

  canHandleResults() {
    return this.rows.length > 0 && this.parts() !== null;
  }

  draw() {
    const { number, label } = this.parts();
    const rows = this.rows.filter((r) => r[number]).slice(0, PAGE);
    const most = Math.max(...rows.map((r) => Math.abs(Number(r[number].value))), 0) || 1;
    const body = make("tbody");
    for (const row of rows) {
      const value = Number(row[number].value);
      const bar = make("div", { class: "editor-bar" });
      bar.style.width = `${100 * Math.abs(value) / most}%`;
      body.append(make("tr", {}, make("th", { scope: "row" }, row[label] ? cell(row[label]) : "–"),
        make("td", { class: "bar", "aria-hidden": "true" }, bar),
        make("td", { class: "num" }, value.toLocaleString(lang))));
    }
    this.put(make("div", { class: "table-wrap", tabindex: "0", role: "region",
      "aria-label": words.chart }, make("table", { class: "editor-chart" },
      make("caption", {}, `${number} / ${label}`), body)));
  }
}

class Text extends View {
  priority = 2;
  label = words.text;

  canHandleResults() {
    return Boolean(this.yasr.results && this.yasr.results.getOriginalResponseAsString());
  }

  download(name) {
    return { getData: () => this.yasr.results.getOriginalResponseAsString(),
      contentType: this.yasr.results.getContentType() || "text/plain",
      filename: `${name}.${this.yasr.results.getType() || "txt"}`, title: words.download };
  }

  draw() {
    const text = this.yasr.results.getOriginalResponseAsString();
    const most = 500000;
    this.put(make("pre", { tabindex: "0", class: "editor-text" },
      text.length > most ? `${text.slice(0, most)}\n…` : text));
  }
}

class Truth extends View {
  priority = 10;
  label = words.text;
  hideFromSelection = true;

  canHandleResults() {
    return typeof (this.yasr.results && this.yasr.results.getBoolean()) === "boolean";
  }

  draw() {
    this.put(make("p", { class: "editor-truth" },
      this.yasr.results.getBoolean() ? words.yes : words.no));
  }
}

export function registerViews(Yasr, said, language) {
  ({ words, prefixes, base, root, map } = said);
  lang = language;
  // Class fields read the words when a view is made, after they are set here.
  for (const [name, view] of Object.entries(
    { table: Table, map: WorldMap, chart: Chart, response: Text, boolean: Truth })) {
    Yasr.registerPlugin(name, view, true);
  }
}
