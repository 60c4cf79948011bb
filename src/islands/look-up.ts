/** Results as one types: the form's own address is fetched, and what is marked `data-hits` is taken from the page that comes. */
const form = document.querySelector<HTMLFormElement>('[data-look-up]');
const places = (page: Document) => page.querySelectorAll('[data-hits]');
let timer: ReturnType<typeof setTimeout> | undefined;

form?.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const asked = form.querySelector('input')?.value ?? '';
    const address = `${form.action}?q=${encodeURIComponent(asked)}`;
    const reply = await fetch(address);
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    // Something else has been written meanwhile, and its reply will come.
    if (asked !== form.querySelector('input')?.value) return;
    const fresh = places(page);
    places(document).forEach((old, place) => {
      old.replaceChildren(...(fresh[place]?.childNodes ?? []));
    });
    // So that the way back from a result leads to the results.
    history.replaceState(null, '', address);
  }, 250);
});

export {};
