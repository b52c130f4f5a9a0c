import { describe, expect, it } from 'vitest';

import { type SiteState, siteStates } from '../../../contracts/sites.ts';
import { hostsOf, missingFor, requireReadableColours, requireStateStep, statesAfter } from './site.rules.ts';

const complete = {
  domains: ['jyj.example.gov.cn'],
  identityCode: '3604030002',
  icpNumber: '赣ICP备12345678号-2',
  policeNumber: '赣公网安备36040302000002号',
  notice: '系统升级',
};
const lackedIn = (state: SiteState, part: Partial<typeof complete>) =>
  missingFor(state, { ...complete, state, ...part }).map((one) => one.field);

describe('the states of a site', () => {
  it('reach 上线 only through 安全检测', () => {
    const before = siteStates.filter((state) => statesAfter({ state, isPortal: false }).includes('online'));
    expect(before).toEqual(['testing', 'offline']);
    expect(statesAfter({ state: 'offline', isPortal: false })).toEqual(['online', 'closed']);
    expect(statesAfter({ state: 'closed', isPortal: false })).toEqual(['preparing']);
  });

  it('are all reached from one another, so that no click is final', () => {
    for (const start of siteStates) {
      const reached = new Set<SiteState>([start]);
      for (const state of reached)
        for (const next of statesAfter({ state, isPortal: false })) reached.add(next);
      expect([...reached].sort()).toEqual([...siteStates].sort());
    }
  });

  it('of the portal are never 关停', () => {
    for (const state of siteStates) expect(statesAfter({ state, isPortal: true })).not.toContain('closed');
    expect(() => {
      requireStateStep({ state: 'online', isPortal: true }, 'closed');
    }).toThrow('门户网站不能关停');
  });

  it('may stay as they are, and a refused step names those that are possible', () => {
    const site = { state: 'preparing', isPortal: false } as const;
    expect(() => {
      requireStateStep(site, 'preparing');
    }).not.toThrow();
    expect(() => {
      requireStateStep(site, 'online');
    }).toThrow('只能改为“安全检测”或“关停”');
  });
});

describe('what a site must have', () => {
  it('is nothing while it is prepared, and an address while it is tested', () => {
    const nothing = { domains: [], identityCode: '', icpNumber: '', policeNumber: '', notice: '' };
    expect(lackedIn('preparing', nothing)).toEqual([]);
    expect(lackedIn('testing', nothing)).toEqual(['domains']);
  });

  it('is everything that its pages must show once citizens are let in', () => {
    expect(lackedIn('online', {})).toEqual([]);
    for (const field of ['identityCode', 'icpNumber', 'policeNumber'] as const) {
      expect(lackedIn('online', { [field]: '' })).toEqual([field]);
    }
    expect(lackedIn('online', { domains: [], notice: '' })).toEqual(['domains']);
  });

  it('is a notice with words in it once it is away', () => {
    expect(lackedIn('offline', { notice: ' \n ' })).toEqual(['notice']);
    expect(lackedIn('closed', { domains: [], identityCode: '', notice: '' })).toEqual(['notice']);
  });
});

describe('the table of hosts', () => {
  const site = (state: SiteState, isPortal = false) => ({
    id: '7',
    isPortal,
    state,
    domains: ['b.cn', 'a.cn'],
  });

  it('leads to the pages of sites that are online or tested, and to the notice of those that are away', () => {
    expect(hostsOf([site('online')])).toEqual({ 'a.cn': '7', 'b.cn': '7' });
    expect(hostsOf([site('testing')])).toEqual({ 'a.cn': '7', 'b.cn': '7' });
    expect(hostsOf([site('offline')])).toEqual({ 'a.cn': 'notice-7', 'b.cn': 'notice-7' });
    expect(hostsOf([site('closed')])).toEqual({ 'a.cn': 'notice-7', 'b.cn': 'notice-7' });
    expect(hostsOf([site('preparing')])).toEqual({});
  });

  it('does not leave the portal open under the names of the machine while it is away', () => {
    expect(hostsOf([site('offline', true)])).toMatchObject({
      localhost: 'notice-7',
      '127.0.0.1': 'notice-7',
    });
    expect(Object.keys(hostsOf([site('online', true)]))).toEqual(['a.cn', 'b.cn']);
  });
});

describe('the colours of a site', () => {
  it('are refused when text in them could not be read on white', () => {
    expect(() => {
      requireReadableColours({ primary: '#767676', accent: '#1d5b8f' });
    }).not.toThrow();
    for (const theme of [{ primary: '#777777' }, { primary: '#1d5b8f', accent: '#ffcc00' }]) {
      expect(() => {
        requireReadableColours(theme);
      }).toThrow('4.5 : 1');
    }
  });
});
