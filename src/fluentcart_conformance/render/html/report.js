(() => {
  "use strict";
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  const picks = ["state", "level", "area"].map((id) => document.getElementById(id));
  const shown = document.getElementById("shown");
  const rows = [...document.querySelectorAll(".requirement")];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const fits = picks.every((pick) => !pick.value || row.dataset[pick.id] === pick.value)
        && words.every((word) => texts.get(row).includes(word));
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = String(count);
  };

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") {
      if (target.hidden) { form.reset(); apply(); }
      target.open = true;
      target.scrollIntoView();
    }
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const link of document.querySelectorAll("a[data-area]")) {
    link.addEventListener("click", () => { picks[2].value = link.dataset.area; apply(); });
  }
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    }
  });
  addEventListener("beforeprint", () => {
    const findings = [...document.querySelectorAll(".finding")];
    if (findings.length <= 20) { findings.forEach((one) => { one.open = true; }); }
  });
  addEventListener("hashchange", reveal);
  apply();
  reveal();
})();
