/**
 * Browsers keep whole pages for the way back, whatever the server says of keeping them. One that was made for somebody is not
 * shown again as it was: that person may have signed out, in another tab too, or handed in. It is put out of sight when it is
 * left, and asked for anew when it is come back to. (By its address: reloading what a form led to would send the form again.)
 */
if (document.body.hasAttribute('data-made-for-one')) {
  addEventListener('pagehide', ({ persisted }) => {
    if (persisted) document.body.hidden = true;
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.replace(location.pathname + location.search);
  });
}

export {};
