/**
 * What counts as one network: an IPv4 address, or the first 64 bits of an IPv6 one, which is what one connection is given
 * (RFC 6177). An IPv4 address that is written as IPv6 is itself; ports, brackets and zones do not count.
 *
 * @example networkOf('::ffff:192.0.2.7') // '192.0.2.7'
 * @example networkOf('2001:db8:1:2:3::4') // '2001:db8:1:2::/64'
 */
export function networkOf(address: string): string {
  const bare = withoutPort(address.trim().toLowerCase());
  const groups = ipv6Groups(bare);
  return groups ? (mappedIpv4(groups) ?? prefixOf(groups, 4)) : bare;
}

/** The /48 of an IPv6 address, of which one customer may have all 65,536 networks; IPv4 has none. */
export function wideNetworkOf(address: string): string | undefined {
  const groups = ipv6Groups(withoutPort(address.trim().toLowerCase()));
  return groups && !mappedIpv4(groups) ? prefixOf(groups, 3) : undefined;
}

function prefixOf(groups: readonly number[], count: number): string {
  const hex = groups.slice(0, count).map((group) => group.toString(16));
  return `${hex.join(':')}::/${count * 16}`;
}

function mappedIpv4(groups: readonly number[]): string | undefined {
  const [, , , , , mark, high = 0, low = 0] = groups;
  const isMapped = mark === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.') : undefined;
}

function withoutPort(address: string): string {
  const inBrackets = /^\[([^\]]*)\]/.exec(address)?.[1];
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1];
  return (inBrackets ?? withPort ?? address).split('%', 1)[0] ?? '';
}

/** Eight numbers; undefined for what is no IPv6 address. */
function ipv6Groups(address: string): readonly number[] | undefined {
  const [before, after, ...more] = withHexTail(address).split('::');
  if (before === undefined || more.length > 0 || !address.includes(':')) return undefined;
  const groupsIn = (text: string | undefined) => (text ? text.split(':') : []);
  const [first, last] = [groupsIn(before), groupsIn(after)];
  const missing = 8 - first.length - last.length;
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...first, ...Array.from({ length: missing }, () => '0'), ...last];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

/** The last 32 bits may be written as IPv4. */
function withHexTail(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (whole, ...parts) => {
    const [a = 256, b = 256, c = 256, d = 256] = parts.slice(0, 4).map(Number);
    if ([a, b, c, d].some((part) => part > 255)) return whole;
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}
