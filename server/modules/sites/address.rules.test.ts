import { describe, expect, it } from 'vitest';

import { articlePath, homeUrlOf } from './address.rules.ts';

describe('addresses', () => {
  it('an article is addressed by its column, month, day and id', () => {
    expect(articlePath('/zwgk/tzgg/', '2026-11-22', '5875')).toBe('/zwgk/tzgg/202611/t20261122_5875.html');
  });

  it('a home address has the port only when it is not the usual one', () => {
    expect(homeUrlOf({ scheme: 'https', port: null }, 'www.example.gov.cn')).toBe(
      'https://www.example.gov.cn/',
    );
    expect(homeUrlOf({ scheme: 'http', port: 7200 }, 'www.localhost')).toBe('http://www.localhost:7200/');
  });
});
