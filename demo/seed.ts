import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Actor } from '../contracts/actor.ts';
import type { Parts } from '../server/app.ts';
import { createAccount, createUnit, getActor, givePassword } from '../server/modules/identity/index.ts';
import { changeRules, createRuleSet } from '../server/modules/proofreading/index.ts';
import { createColumn, createSite, setMappings } from '../server/modules/sites/index.ts';
import { addTerm } from '../server/modules/vocabulary/index.ts';
import { systemActor } from '../server/platform/context.ts';
import { compileCatalogue, showColumns } from './compile-catalogue.ts';
import {
  type DemoColumn,
  type DemoPerson,
  type DemoTerm,
  type DemoUnit,
  type District,
  readDistrict,
  readEntries,
} from './district.ts';
import { type Cast, playEntries } from './play-entries.ts';
import { demoRuleSets } from './proofreading-rules.ts';
import { playWays } from './play-ways.ts';

/** The operator who sets the district up before anybody has an account. */
const founder: Actor = {
  ...systemActor('demonstration'),
  name: '系统（演示）',
  roles: ['operator', 'system-admin', 'security-admin'],
};

/**
 * Creates the demonstration district on an empty database, through the same commands that people use. Its
 * pages are built when the worker starts.
 */
export async function seedDemonstration(parts: Parts, directory: string): Promise<void> {
  const { log } = parts.options;
  log.info({}, 'first start: creating the demonstration district');
  const district = await readDistrict(directory);
  const units = await createUnits(parts, district.units);
  await createTerms(parts, district.terms);
  await createRuleSets(parts);
  const passwords = new Map<string, string>();
  const people = await createPeople(parts, district, units, passwords);
  const places = await createSites(parts, district, units);
  await writeAccounts(accountsFile(parts), district.people, passwords);
  const cast: Cast = { units, ...places, people, terms: district.terms, anchor: anchorOf(district) };
  await compileCatalogue({ parts, cast, district, founder });
  const entries = await readEntries(directory);
  const folders = { images: join(directory, 'images'), files: join(directory, 'files') };
  const resources = await playEntries({ parts, cast, ...folders }, entries, (done) => {
    if (done % 30 === 0) log.info({ done, of: entries.length }, 'writing, reviewing and signing articles');
  });
  await playWays({ parts, cast, resources, operator: founder });
  await showColumns({ parts, cast, district, founder });
}

/** Where the accounts of the demonstration stand, readable by their owner only. */
export function accountsFile(parts: Parts): string {
  return join(parts.options.dataDirectory, 'demo-accounts.txt');
}

/** Texts name dates around the anchor; the district never lives in the future. */
function anchorOf(district: District): Date {
  const anchor = new Date(`${district.anchorDate}T00:00:00+08:00`);
  const today = new Date();
  return anchor < today ? anchor : today;
}

async function createUnits(parts: Parts, tree: readonly DemoUnit[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const create = async (units: readonly DemoUnit[], parentId: string | null): Promise<void> => {
    for (const [position, unit] of units.entries()) {
      const { organisationCode, name, shortName, kind } = unit;
      const created = await parts.performAsSystem(
        createUnit,
        { parentId, name, shortName, organisationCode, kind, position },
        { actor: founder },
      );
      ids.set(unit.key, created.id);
      await create(unit.children, created.id);
    }
  };
  await create(tree, null);
  return ids;
}

async function createTerms(parts: Parts, terms: readonly DemoTerm[]): Promise<void> {
  for (const { vocabulary, code, label, synonyms, parent } of terms) {
    const wording = { label, synonyms: [...synonyms], parent, validFrom: null };
    const term = { vocabulary, code, ...wording, note: '演示数据' };
    await parts.performAsSystem(addTerm, term, { actor: founder });
  }
}

async function createRuleSets(parts: Parts): Promise<void> {
  const as = { actor: founder };
  for (const { kind, name, severity, rules } of demoRuleSets) {
    const settings = { name, severity, enabled: true, effectiveFrom: null, effectiveTo: null };
    const { id, version } = await parts.performAsSystem(createRuleSet, { kind, ...settings }, as);
    const change = { id, expectedVersion: version, put: [...rules], remove: [], note: '演示数据' };
    await parts.performAsSystem(changeRules, change, as);
  }
}

async function createPeople(
  parts: Parts,
  district: District,
  units: ReadonlyMap<string, string>,
  passwords: Map<string, string>,
): Promise<ReadonlyMap<string, Actor>> {
  const actors = new Map<string, Actor>();
  for (const person of district.people) {
    const { accountId } = await parts.performAsSystem(
      createAccount,
      {
        unitId: units.get(person.unit) ?? '0',
        login: person.login,
        realName: person.realName,
        phone: person.phone,
        roles: [...person.roles],
      },
      { actor: founder },
    );
    const password = `Demo-${randomBytes(6).toString('base64url')}-8`;
    await parts.performAsSystem(givePassword, { accountId, password, mustChange: false }, { actor: founder });
    passwords.set(person.login, password);
    actors.set(person.login, await getActor(parts.db, accountId));
  }
  return actors;
}

type Places = Pick<Cast, 'columns' | 'columnPaths' | 'sites'>;

/** Sites with their columns. */
async function createSites(
  parts: Parts,
  district: District,
  units: ReadonlyMap<string, string>,
): Promise<Places> {
  const ids = new Map<string, string>();
  const columnPaths = new Map<string, string>();
  const sites = new Map<string, { id: string; domain: string }>();
  const as = { actor: founder };
  for (const site of district.sites) {
    const created = await parts.performAsSystem(
      createSite,
      {
        unitId: units.get(site.unit) ?? '0',
        key: site.key,
        name: site.name,
        shortName: site.shortName,
        isPortal: site.key === 'www',
        state: 'online',
        description: site.description,
        domains: site.domains,
        identityCode: site.identityCode,
        icpNumber: site.icp,
        policeNumber: site.police,
        organiser: site.organiser,
        contact: site.contact,
        address: site.address,
        theme: site.theme,
        demonstration: true,
      },
      as,
    );
    sites.set(site.key, { id: created.id, domain: site.domains[0] ?? 'localhost' });
    const create = async (columns: readonly DemoColumn[], parentId: string | null): Promise<void> => {
      for (const [position, column] of columns.entries()) {
        const { id, path } = await parts.performAsSystem(
          createColumn,
          {
            siteId: created.id,
            parentId,
            unitId: units.get(column.unit) ?? '0',
            name: column.name,
            slug: column.slug,
            kind: column.kind,
            ...(column.display ? { display: column.display } : {}),
            description: column.description,
            keywords: column.keywords.join(','),
            updateRule: column.updateRule,
            position,
            hiddenWhenEmpty: column.hiddenWhenEmpty,
          },
          as,
        );
        ids.set(`${site.key}:${column.key}`, id);
        columnPaths.set(`${site.key}:${column.key}`, path);
        await create(column.children, id);
      }
    };
    await create(site.columns, null);
  }
  await createMappings(parts, district, ids);
  return { columns: ids, columnPaths, sites };
}

async function createMappings(
  parts: Parts,
  district: District,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  for (const site of district.sites) {
    const open = [...site.columns];
    for (let column = open.pop(); column; column = open.pop()) {
      open.push(...column.children);
      if (column.mappedFrom.length === 0) continue;
      const sourceColumnIds = column.mappedFrom.map((key) => ids.get(key) ?? '0');
      const columnId = ids.get(`${site.key}:${column.key}`) ?? '0';
      await parts.performAsSystem(setMappings, { columnId, sourceColumnIds }, { actor: founder });
    }
  }
}

const roleNames: Readonly<Record<string, string>> = {
  editor: '信息员',
  reviewer: '审核员',
  principal: '签发人',
  responder: '办理员',
  liaison: '联络员',
  operator: '运维',
  supervisor: '主管',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
};

async function writeAccounts(
  file: string,
  people: readonly DemoPerson[],
  passwords: ReadonlyMap<string, string>,
): Promise<void> {
  const lines = people.map((person) => {
    const names = person.roles.map((role) => roleNames[role] ?? role).join('、');
    return [
      person.login.padEnd(16),
      (passwords.get(person.login) ?? '').padEnd(20),
      person.unit.padEnd(8),
      person.realName,
      `${names}（${person.post}）`,
    ].join('  ');
  });
  const head = '演示账号：登录名、密码、单位、姓名、角色。仅供演示，首次启动时随机生成。\n\n';
  await writeFile(file, `${head}${lines.join('\n')}\n`, { mode: 0o600 });
}
