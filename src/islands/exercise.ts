/**
 * An exercise is a form that the server judges. With scripts its reply takes the form's place, and what came of it the
 * focus; without a network what was chosen stays.
 */
addEventListener('submit', async (event) => {
  const form = event.target as HTMLFormElement;
  if (!form.matches('[data-exercise]')) return;
  event.preventDefault();
  try {
    const body = new URLSearchParams(new FormData(form) as never);
    const response = await fetch(form.action, { method: 'POST', headers: { accept: 'text/html' }, body });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const judged = page.querySelector('[data-exercise]');
    // Something else came, as when the server is busy: then the page itself is what to show.
    if (!judged) return form.submit();
    form.replaceWith(judged);
    judged.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
  } catch {
    // fetch rejects when the network is gone.
    form.querySelector<HTMLElement>('[data-offline]')?.removeAttribute('hidden');
  }
});
