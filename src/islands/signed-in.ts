/**
 * A page that is built ahead shows how to sign out where the cookie beside the session's says that somebody is signed in
 * (src/auth/signed-in-hint.ts). Asked again when Back brings the page from the browser's memory as it stood.
 */
const form = document.querySelector<HTMLFormElement>('[data-sign-out]');

function show(): void {
  if (form) form.hidden = !/(?:^|; )(?:__Host-)?inloggad=1(?:;|$)/.test(document.cookie);
}

show();
addEventListener('pageshow', show);
