/** The fictional municipality that the settings come with. */
const fictionalName = /\bLindala/i;

/** Names that lead nowhere by design: RFC 2606 and RFC 6761. */
const reservedName = /(^|\.)(example|test|invalid|localhost|example\.(com|net|org))$/i;

/** Telephone numbers that the Swedish Post and Telecom Authority (PTS) keeps for fiction, in digits only. */
const fictionalNumber = /^(03139006|04062804|08465004|09803192|07017406)\d\d$/;

/** A setting as its file names it, and what it says. */
export interface NamedSetting {
  readonly name: string;
  readonly value: string;
}

/** Those that still say what nobody real is called, or lead to nobody. */
export function placeholdersAmong(settings: readonly NamedSetting[]): readonly NamedSetting[] {
  return settings.filter(({ value }) => isPlaceholder(value));
}

function isPlaceholder(value: string): boolean {
  const host = /@([^\s>]+)>?$/.exec(value.trim())?.[1];
  return (
    fictionalName.test(value) ||
    (host !== undefined && reservedName.test(host)) ||
    fictionalNumber.test(value.replace(/^\+46/, '0').replace(/[\s-]/g, ''))
  );
}

/** Whether others than whoever has started the server are meant to come to this address. */
export function isPublicAddress({ hostname }: Pick<URL, 'hostname'>): boolean {
  const isOwnMachine = /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(hostname);
  return !isOwnMachine && !reservedName.test(hostname);
}
