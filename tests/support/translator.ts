import type { Page } from 'playwright-core';

/**
 * Makes a page be translated as Chrome does it: every text node that is there, and every one that comes, is taken away and
 * an element of the browser's own with the same words stands in its place. Only the words stay the same, so that a test can
 * still read them.
 */
export async function translatedByBrowser(page: Page): Promise<Page> {
  await page.addInitScript(() => {
    const own = new WeakSet<Node>();
    const translate = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: Text[] = root instanceof Text ? [root] : [];
      while (walker.nextNode()) found.push(walker.currentNode as Text);
      for (const text of found) {
        if (own.has(text) || !text.parentElement || text.data.trim() === '') continue;
        if (text.parentElement.closest('script, style, option, textarea, title, svg')) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        const said = document.createTextNode(text.data);
        own.add(said);
        inner.append(said);
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    addEventListener('load', () => {
      translate(document.body);
      new MutationObserver((changes) => {
        for (const { addedNodes, target, type } of changes) {
          if (type === 'characterData') translate(target);
          for (const node of addedNodes) translate(node);
        }
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
  });
  return page;
}
