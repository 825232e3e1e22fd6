// Renews a moving import every two seconds. Without it the page has a link to reload.
(() => {
  const moving = () => document.querySelector("[data-moving]");

  async function renew() {
    if (document.hidden) return;
    const answer = await fetch(location.href, { headers: { "X-Live": "1" }, cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live-id]")) {
      const fresh = page.querySelector(`[data-live-id="${CSS.escape(old.dataset.liveId)}"]`);
      if (!fresh || fresh.outerHTML === old.outerHTML) continue;
      // Who is about to press the link to reload keeps it under the finger.
      const held = old.contains(document.activeElement);
      old.replaceWith(fresh);
      if (held) fresh.querySelector("a, button")?.focus({ preventScroll: true });
    }
  }

  const timer = setInterval(async () => {
    await renew();
    if (!moving()) clearInterval(timer);
  }, 2000);
})();
