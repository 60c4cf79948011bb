interface SaidProps {
  readonly as?: 'span' | 'p';
  readonly class?: string;
  readonly text: string;
}

/**
 * Words that change. A browser that translates takes each text node away and puts elements of its own in its place; what is
 * written to the old node is never seen. So other words are another element: the key is what they say.
 */
export function Said({ as: Element = 'span', class: name, text }: SaidProps) {
  return (
    <Element key={text} class={name}>
      {text}
    </Element>
  );
}
