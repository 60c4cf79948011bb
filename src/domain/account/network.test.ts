import { describe, expect, test } from 'vitest';
import { networkOf, wideNetworkOf } from './network.ts';

describe('the network of an address', () => {
  test.for([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:50123', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:0207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['[::ffff:192.0.2.7]:443', '192.0.2.7'],
  ] as const)('%s is IPv4: %s', ([address, network]) => {
    expect(networkOf(address)).toBe(network);
    expect(wideNetworkOf(address)).toBeUndefined();
  });

  test.for([
    '2001:db8:1:2::1',
    '2001:db8:1:2:ffff:ffff:ffff:ffff',
    '2001:0DB8:0001:0002::',
    '[2001:db8:1:2::9]:443',
    '2001:db8:1:2::1%eth0',
    ' 2001:db8:1:2:0:0:192.0.2.7 ',
  ])('security F5: %s is counted by its /64', (address) => {
    expect(networkOf(address)).toBe('2001:db8:1:2::/64');
    expect(wideNetworkOf(address)).toBe('2001:db8:1::/48');
  });

  test.for(['', 'unknown', '_hidden', ':::', '1::2::3', '2001:db8:1:2:3:4:5:6:7', '::ffff:300.1.1.1', 'fe80:xyz::1'])(
    '“%s” is no address, and stands for itself',
    (address) => {
      expect(networkOf(address)).toBe(address.trim());
      expect(wideNetworkOf(address)).toBeUndefined();
    },
  );

  test('our own machine', () => {
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
  });
});
