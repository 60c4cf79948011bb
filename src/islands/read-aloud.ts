/**
 * Reads a lesson aloud, paragraph by paragraph, with a voice that is on the device: nothing is sent anywhere. A pause goes
 * back to the beginning of the paragraph: browsers' own pausing cannot be relied on.
 */
const box = document.querySelector<HTMLElement>('[data-read-aloud]');
const article = box?.closest('article');
const [start, stop] = box?.querySelectorAll('button') ?? [];

if (box && article && start && stop && 'speechSynthesis' in window) {
  const language = article.lang || document.documentElement.lang;
  const listen = start.textContent;
  let voice: SpeechSynthesisVoice | undefined;
  let parts: Element[] = [];
  let at = 0;
  // Held here too: some browsers forget an utterance that nobody holds, and then never end it.
  let speaking: SpeechSynthesisUtterance | undefined;

  const findVoice = () => {
    voice = speechSynthesis.getVoices().find((one) => one.localService && one.lang.startsWith(language));
    box.hidden = !voice;
  };
  const mark = (isOn: boolean) => parts[at]?.classList.toggle('is-read', isOn);
  const silence = (label: string | null | undefined) => {
    speaking = undefined;
    speechSynthesis.cancel();
    start.textContent = label ?? '';
  };
  const end = () => {
    mark(false);
    at = 0;
    silence(listen);
    // A button that goes away does not take the focus with it.
    if (document.activeElement === stop) start.focus();
    stop.hidden = true;
  };
  const speak = () => {
    const part = parts[at];
    if (!part) return end();
    mark(true);
    const said = new SpeechSynthesisUtterance(part.textContent ?? '');
    speaking = said;
    said.voice = voice ?? null;
    said.lang = language;
    said.onend = () => {
      if (speaking !== said) return;
      mark(false);
      at++;
      speak();
    };
    speechSynthesis.speak(said);
  };

  start.onclick = () => {
    if (speaking) return silence(box.dataset['resume']);
    parts = [...article.querySelectorAll('h1, h2, p, li')].filter(
      (one) => !one.closest('.practice, .no-print, .step__place, details, [hidden]') && !one.querySelector('p'),
    );
    stop.hidden = false;
    start.textContent = box.dataset['pause'] ?? '';
    speak();
  };
  stop.onclick = end;
  addEventListener('pagehide', () => speechSynthesis.cancel());
  speechSynthesis.onvoiceschanged = findVoice;
  findVoice();
}

export {};
