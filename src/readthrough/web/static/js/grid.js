// The holdings grid: thousands of rows, of which only those in sight are in the page.
import "./page.js";

const prefix = document.body.dataset.prefix;
const place = document.querySelector(".ag");
const NOTHING = "–";

const figure = (decimals, plus = false) => {
  const format = new Intl.NumberFormat("en-GB", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: plus ? "exceptZero" : "auto",
  });
  return ({ value }) => (value == null ? NOTHING : format.format(value).replace("-", "−"));
};
const signed = ({ value }) => ["n", value > 0 ? "pos" : value < 0 ? "neg" : "neu"];
const column = (field, headerName, decimals, more = {}) => ({
  field,
  headerName,
  headerClass: "n",
  cellClass: "n",
  filter: "agNumberColumnFilter",
  valueFormatter: figure(decimals),
  width: 92,
  ...more,
});

function link({ data, value }) {
  if (!data.linked) return document.createTextNode(value || NOTHING);
  const made = document.createElement("a");
  made.href = `${prefix}/tickers/${encodeURIComponent(value)}`;
  made.textContent = value;
  made.tabIndex = -1;
  return made;
}

const columns = [
  { field: "ticker", headerName: "Ticker", pinned: "left", width: 100, filter: "agTextColumnFilter", cellRenderer: link, cellClass: "tk" },
  { field: "name", headerName: "Name", width: 160, filter: "agTextColumnFilter" },
  { field: "sector", headerName: "Sector", width: 128, filter: "agTextColumnFilter" },
  { field: "country", headerName: "Country", width: 84, filter: "agTextColumnFilter" },
  { field: "currency", headerName: "Ccy", width: 70, filter: "agTextColumnFilter" },
  column("quantity", "Quantity", 0),
  column("price", "Price", 2),
  column("value", "Value", 0, { width: 104 }),
  column("weight", "Weight %", 2, { valueFormatter: (p) => figure(2)({ value: p.value == null ? null : p.value * 100 }), sort: "desc" }),
  column("sentiment", "Sentiment", 2, { valueFormatter: figure(2, true), cellClass: signed }),
  column("news", "News 24h", 0, { width: 80 }),
  column("today", "Today bp", 1, { valueFormatter: figure(1, true), cellClass: signed }),
];

async function build() {
  const answer = await fetch(place.dataset.rows);
  if (!answer.ok) return;
  const rows = await answer.json();
  place.hidden = false;
  place.classList.add("ag-theme-desk");
  const comfortable = document.documentElement.dataset.density === "comfortable";
  const grid = agGrid.createGrid(place, {
    theme: "legacy",
    columnDefs: columns,
    rowData: rows,
    rowHeight: comfortable ? 32 : 24,
    headerHeight: 28,
    defaultColDef: { sortable: true, resizable: true, suppressHeaderMenuButton: true, suppressHeaderFilterButton: true, floatingFilter: true, suppressFloatingFilterButton: true },
    floatingFiltersHeight: 26,
    icons: { sortAscending: "▲", sortDescending: "▼" },
    animateRows: false,
    suppressColumnVirtualisation: false,
    rowBuffer: 8,
    onCellKeyDown: ({ event, data }) => {
      if (event.key === "Enter" && data.linked) location.assign(`${prefix}/tickers/${encodeURIComponent(data.ticker)}`);
    },
  });
  addEventListener("look", () => grid.updateGridOptions({ rowHeight: document.documentElement.dataset.density ? 32 : 24 }));
}

if (window.agGrid && place) build();
