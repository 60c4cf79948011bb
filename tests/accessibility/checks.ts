import type { Page } from 'playwright-core';

/** What axe does not see. Each says what is wrong and where; nothing wrong is an empty list. */

/** One main heading, a language, a title; landmarks; headings that leave no level out. */
export function missingBasics(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const missing: string[] = [];
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((heading) =>
      heading.checkVisibility(),
    );
    const levels = headings.map((heading) => Number(heading.tagName.slice(1)));
    if (levels.filter((level) => level === 1).length !== 1)
      missing.push(`${levels.filter((level) => level === 1).length} h1`);
    levels.forEach((level, place) => {
      if (level > (levels[place - 1] ?? 0) + 1)
        missing.push(`h${level} after h${levels[place - 1] ?? 0}: ${headings[place]?.textContent?.trim()}`);
    });
    if (!['sv', 'en'].includes(document.documentElement.lang)) missing.push(`lang="${document.documentElement.lang}"`);
    if (document.title.trim().length < 5) missing.push(`title “${document.title}”`);
    for (const landmark of ['main', 'header', 'footer', 'nav'])
      if (!document.querySelector(landmark)) missing.push(landmark);
    for (const { id } of document.querySelectorAll('[id]')) {
      if (document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length > 1) missing.push(`id ${id} twice`);
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
      const target = link.hash.slice(1);
      if (target && !document.getElementById(decodeURIComponent(target)))
        missing.push(`nothing at ${link.hash}: ${link.textContent?.trim()}`);
    }
    return missing;
  });
}

/** Smallest sizes in CSS pixels: for all targets (WCAG 2.2, 2.5.8, without its exception for space around), and for our controls. */
const smallest = { any: 24, control: 44 };

/** Targets that are too small. Links in the middle of a sentence are as high as their line. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((limits) => {
    const isInSentence = (element: Element) =>
      getComputedStyle(element).display === 'inline' &&
      (element.parentElement?.textContent?.trim().length ?? 0) > (element.textContent?.trim().length ?? 0);
    // What a click reaches: the label around a tick box, or the whole row that a link is stretched over.
    const targetOf = (element: Element): Element => {
      const label = element.matches('[type="radio"], [type="checkbox"]') ? element.closest('label') : null;
      if (label) return label;
      const after = getComputedStyle(element, '::after');
      const isStretched = after.content !== 'none' && after.position === 'absolute' && after.inset === '0px';
      let around = element.parentElement;
      while (isStretched && around && getComputedStyle(around).position === 'static') around = around.parentElement;
      return isStretched && around ? around : element;
    };
    const controls = 'button, input, select, textarea, summary, a.button';
    return [...document.querySelectorAll(`a[href], ${controls}`)]
      .filter((element) => element.checkVisibility() && !element.matches('[type="hidden"], .skip'))
      .flatMap((element) => {
        const isControl = element.matches(controls);
        if (!isControl && isInSentence(element)) return [];
        const { width, height } = targetOf(element).getBoundingClientRect();
        const limit = isControl ? limits.control : limits.any;
        // Half a pixel is lost in rounding.
        if (width >= limit - 0.5 && height >= limit - 0.5) return [];
        return [`${Math.round(width)} × ${Math.round(height)} < ${limit}: ${element.outerHTML.slice(0, 120)}`];
      });
  }, smallest);
}

/** What makes the page wider than the window. */
export function sidewaysScrolling(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const widest = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
    );
    return [
      `${root.scrollWidth} > ${root.clientWidth}`,
      ...widest.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)),
    ];
  });
}

/** Text that is cut off by the window or a box around it, or sticks out of its box over what comes after. */
export function lostText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isHiddenOnPurpose = (element: Element) => {
      for (let one: Element | null = element; one; one = one.parentElement) {
        const { clipPath, position } = getComputedStyle(one);
        if (position === 'absolute' && clipPath.startsWith('inset(50%')) return true;
      }
      // A long name is shortened beside “Min sida” in the menu; the page itself says it in full.
      return element.closest('.skip, script, option, .site-nav .who') !== null;
    };
    const blockOf = (element: Element): Element => {
      let block = element;
      while (block.parentElement && /^(inline|contents)$/.test(getComputedStyle(block).display))
        block = block.parentElement;
      return block;
    };
    const whatIsWrong = (rect: DOMRect, element: Element): string | undefined => {
      const slack = Number.parseFloat(getComputedStyle(element).fontSize) * 0.35;
      if (rect.right > innerWidth + 1 || rect.left < -1) return 'outside the window';
      if (rect.bottom > blockOf(element).getBoundingClientRect().bottom + slack) return 'below its box';
      for (let box: Element | null = element; box && box !== document.body; box = box.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(box);
        const edges = box.getBoundingClientRect();
        if (overflowX !== 'visible' && (rect.right > edges.right + 1 || rect.left < edges.left - 1))
          return `cut off at the side by ${box.className}`;
        if (overflowY !== 'visible' && (rect.bottom > edges.bottom + slack || rect.top < edges.top - slack))
          return `cut off by ${box.className}`;
      }
      return undefined;
    };
    const lost = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const element = text.parentElement;
      if (
        !element ||
        !text.textContent?.trim() ||
        !element.checkVisibility({ visibilityProperty: true }) ||
        isHiddenOnPurpose(element)
      )
        continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const rect of range.getClientRects()) {
        const wrong = rect.width > 0 ? whatIsWrong(rect, element) : undefined;
        if (wrong)
          lost.add(
            `${wrong}: “${text.textContent.trim().slice(0, 60)}” in ${element.tagName.toLowerCase()}.${element.className}`,
          );
      }
    }
    return [...lost];
  });
}

/** The reader's own size of text, twice the usual: in the browser's settings, so that layouts that go by `em` follow it. */
export function doubleText(page: Page): Promise<void> {
  return setText(page, { standard: 32, fixed: 26 });
}

/** As browsers have it. */
export function usualText(page: Page): Promise<void> {
  return setText(page, { standard: 16, fixed: 13 });
}

async function setText(page: Page, fontSizes: { readonly standard: number; readonly fixed: number }): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setFontSizes', { fontSizes });
  await browser.detach();
}

/** Anything that moves although the reader has asked for less of it. */
export function movement(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isMoving = (times: string) => times.split(',').some((time) => Number.parseFloat(time) > 0);
    const moving = [...document.querySelectorAll('*')].filter((element) => {
      const style = getComputedStyle(element);
      return (
        isMoving(style.transitionDuration) || isMoving(style.animationDuration) || style.scrollBehavior === 'smooth'
      );
    });
    const running = document.getAnimations().map((animation) => `animation ${animation.id}`);
    return [
      ...running,
      ...moving.map((element) => element.outerHTML.slice(0, 120)),
      ...[...document.querySelectorAll('marquee, video[autoplay], animate')].map(({ tagName }) => tagName),
    ];
  });
}

/** What can only be dragged, or listens to dragging at all. */
export function draggable(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[draggable="true"], input[type="range"], [ondragstart], [role="slider"]')].map(
      (element) => element.outerHTML.slice(0, 120),
    ),
  );
}
