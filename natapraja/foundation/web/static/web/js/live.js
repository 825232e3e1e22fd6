// Renews the figures of an open page when the server says that they moved. Without it the page just stands still.
(() => {
  const address = document.body.dataset.live;
  if (!address || !window.EventSource) return;
  const status = document.querySelector("[data-live-status]");
  const lost = document.querySelector("[data-live-lost]");
  const focusable = "a, button, input, select, summary, [tabindex]";
  let source, timer, wait, due, reading = false, again = false, missed = false, last = 0, said = 0;

  function swap(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    let count = 0;
    for (const old of document.querySelectorAll("[data-live-id]")) {
      const fresh = page.querySelector(`[data-live-id="${CSS.escape(old.dataset.liveId)}"]`);
      if (!fresh || fresh.outerHTML === old.outerHTML) continue;
      const place = [...old.querySelectorAll(focusable)].indexOf(document.activeElement);
      old.replaceWith(fresh);
      if (place >= 0) fresh.querySelectorAll(focusable)[place]?.focus({ preventScroll: true });
      count += 1;
    }
    // A screen reader hears of changes at most every ten seconds; fifty a second would drown the reader.
    if (count && status && Date.now() - said > 10000) {
      status.textContent = status.dataset.liveStatus.replace("{n}", count);
      said = Date.now();
    }
    if (count) document.dispatchEvent(new Event("renewed"));
  }

  // The first change shows at once; a stream of them is read twice a second, within the promised second.
  function renew() {
    if (reading) again = true; // it may have moved after the answer was written
    else due ??= setTimeout(read, Math.max(0, last + 500 - Date.now()));
  }

  async function read() {
    due = undefined;
    again = false;
    reading = true;
    last = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { "X-Live": "1" }, cache: "no-store" });
      if (answer.ok && !answer.redirected) swap(await answer.text());
    } catch {
      missed = true; // no network: the next open() reads the page again
    }
    reading = false;
    if (again) renew();
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  function open() {
    close();
    source = new EventSource(address);
    source.addEventListener("open", () => {
      wait = 1000;
      if (lost) lost.hidden = true;
      if (missed) renew();
      missed = false;
    });
    source.addEventListener("figures", renew);
    source.addEventListener("error", () => {
      close();
      missed = true;
      if (lost && wait > 2000) lost.hidden = false;
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, 60000);
    });
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
      missed = true;
    } else {
      open();
    }
  });
  addEventListener("pagehide", close);
  wait = 1000;
  if (!document.hidden) open();
})();
