/** The one script of the site: wakes the islands on the page. Each stands on a form that works without it. */
import { type ComponentType, h, hydrate } from 'preact';
import './come-back.ts';
import './exercise.ts';
import { Exam } from './Exam.tsx';
import { Practice } from './Practice.tsx';
import './look-up.ts';
import './read-aloud.ts';
import './signed-in.ts';

document.documentElement.classList.add('js');

const islands: Readonly<Record<string, ComponentType<never>>> = { exam: Exam, practice: Practice };

for (const place of document.querySelectorAll<HTMLElement>('[data-island]')) {
  const island = islands[place.dataset['island'] ?? ''];
  const props = place.nextElementSibling?.textContent;
  if (island && props) hydrate(h(island, JSON.parse(props) as never), place);
}

// A summary of errors takes focus, so that what went wrong is the first thing read.
document.querySelector<HTMLElement>('.error-summary')?.focus();

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
