import { describe, expect, it } from 'vitest';

import { senderOf } from './client-address.ts';

const asked = (remoteAddress: string, forwarded?: string) =>
  ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }) as never;

describe('the sender of a request', () => {
  it('is the other end of the line, whatever the request claims', () => {
    expect(senderOf(asked('198.51.100.7', '203.0.113.9'), false)).toBe('198.51.100.7');
    expect(senderOf(asked('::ffff:198.51.100.7'), false)).toBe('198.51.100.7');
  });

  it('is what the own proxy says, and not what stood there before', () => {
    expect(senderOf(asked('127.0.0.1', '1.2.3.4, 203.0.113.9'), true)).toBe('203.0.113.9');
    expect(senderOf(asked('127.0.0.1', 'nonsense'), true)).toBe('127.0.0.1');
    expect(senderOf(asked('127.0.0.1'), true)).toBe('127.0.0.1');
  });

  it('is with IPv6 the network of one customer', () => {
    const network = senderOf(asked('2001:db8:1:2:3:4:5:6'), false);
    expect(network).toBe('2001:db8:1:2');
    expect(senderOf(asked('2001:0DB8:1:2:ffff::1'), false)).toBe(network);
    expect(senderOf(asked('2001:db8:1:3::1'), false)).not.toBe(network);
    expect(senderOf(asked('2001:db8::1'), false)).toBe('2001:db8:0:0');
    expect(senderOf(asked('fe80::1%eth0'), false)).toBe('fe80:0:0:0');
  });
});
