/** The `Message-ID` header (RFC 5322, 3.6.4) of a message that is known by an id, in the sender's own domain. */
export function messageIdOf(id: string, from: string): string {
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return `<${id}@${domain}>`;
}
