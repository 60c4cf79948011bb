import type { Locator, Page } from 'playwright-core';

/** What a person does with a page. How is up to them: by finger, or by keyboard alone. */
export interface Hands {
  readonly page: Page;
  /** Presses a button, or follows a link. */
  press(target: Locator): Promise<void>;
  /** Chooses one radio button of a group. */
  choose(radio: Locator): Promise<void>;
  /** Ticks a box that is not ticked. */
  tick(box: Locator): Promise<void>;
  /** Takes the tick out of a box. */
  untick(box: Locator): Promise<void>;
  /** Writes into an empty field. */
  write(field: Locator, text: string): Promise<void>;
}

export function fingers(page: Page): Hands {
  return {
    page,
    press: (target) => target.click(),
    choose: (radio) => radio.check(),
    tick: (box) => box.check(),
    untick: (box) => box.uncheck(),
    write: (field, text) => field.fill(text),
  };
}

/** Tab, Shift+Tab, arrows, Space, Enter and letters; nothing is given focus by script. */
export function keyboardAlone(page: Page): Hands {
  const key = (name: string) => page.keyboard.press(name);
  const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

  /** Goes on with Tab, or back with Shift+Tab, until focus is where it should be. */
  async function goTo(target: Locator, isThere: () => Promise<boolean>): Promise<void> {
    await target.waitFor();
    for (let pressed = 0; pressed < 300; pressed++) {
      if (await isThere()) return;
      const isBehind = await target.evaluate((element) => {
        const { activeElement } = document;
        return !!activeElement && !!(element.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING);
      });
      await key(isBehind ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`the keyboard does not reach ${target}`);
  }

  async function toggle(box: Locator): Promise<void> {
    await goTo(box, () => hasFocus(box));
    await key('Space');
  }

  return {
    page,
    press: async (target) => {
      await goTo(target, () => hasFocus(target));
      await key('Enter');
    },
    choose: async (radio) => {
      const isInGroup = () =>
        radio.evaluate((element) => {
          const { activeElement } = document;
          return (
            activeElement instanceof HTMLInputElement &&
            element instanceof HTMLInputElement &&
            activeElement.name === element.name
          );
        });
      await goTo(radio, isInGroup);
      for (let pressed = 0; !(await hasFocus(radio)); pressed++) {
        if (pressed > 20) throw new Error(`the arrows do not reach ${radio}`);
        await key('ArrowDown');
      }
      if (!(await radio.isChecked())) await key('Space');
    },
    tick: toggle,
    untick: toggle,
    write: async (field, text) => {
      await goTo(field, () => hasFocus(field));
      await page.keyboard.type(text);
    },
  };
}
