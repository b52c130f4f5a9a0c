import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Role } from '../contracts/actor.ts';
import type { UnitKind } from '../contracts/identity.ts';
import type { BuiltInType, ResourceContent } from '../contracts/library.ts';
import type { ColumnDisplay, ColumnKind, KeepingWay, UpdateRule } from '../contracts/sites.ts';
import type { Vocabulary } from '../contracts/vocabulary.ts';
import type { DemoBlock } from './compose-blocks.ts';

/** district.json: who and what the demonstration district consists of. */
export interface DemoUnit {
  readonly key: string;
  readonly organisationCode: string;
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  readonly children: readonly DemoUnit[];
}

export interface DemoColumn {
  readonly key: string;
  readonly name: string;
  readonly slug: string;
  readonly kind: ColumnKind;
  readonly display?: ColumnDisplay;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly updateRule: UpdateRule | null;
  readonly unit: string;
  /** What the catalogue says beside the unit and the rule; empty for channels. */
  readonly requirement: string;
  readonly ways: readonly KeepingWay[];
  /** Keys of the units that supply it. */
  readonly suppliers: readonly string[];
  readonly showInNavigation: boolean;
  readonly onHome: number | null;
  readonly mappedFrom: readonly string[];
  readonly hiddenWhenEmpty: boolean;
  readonly children: readonly DemoColumn[];
}

export interface DemoSite {
  readonly key: string;
  readonly unit: string;
  readonly name: string;
  readonly shortName: string;
  readonly domains: readonly string[];
  readonly identityCode: string;
  readonly icp: string;
  readonly police: string;
  readonly theme: { readonly primary: string };
  readonly organiser: string;
  readonly contact: string;
  readonly address: string;
  readonly description: string;
  readonly columns: readonly DemoColumn[];
}

export interface DemoTerm {
  readonly vocabulary: Vocabulary;
  readonly code: string;
  readonly label: string;
  readonly synonyms: readonly string[];
  /** The code of the broader term, which stands before it. */
  readonly parent: string | null;
}

export interface DemoPerson {
  readonly login: string;
  readonly realName: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  readonly post: string;
  readonly phone: string;
  readonly reviewStep?: 1 | 2 | 3;
}

export interface District {
  readonly anchorDate: string;
  readonly units: readonly DemoUnit[];
  /** Words of the vocabularies that each district fills itself. */
  readonly terms: readonly DemoTerm[];
  readonly sites: readonly DemoSite[];
  readonly people: readonly DemoPerson[];
}

export type DemoState =
  'live' | 'draft' | 'in-review-1' | 'in-review-2' | 'in-review-3' | 'returned' | 'withdrawn' | 'scheduled';

export interface DemoEntry {
  readonly key: string;
  readonly unit: string;
  readonly site: string;
  readonly columns: readonly string[];
  readonly type: BuiltInType;
  /** What the type has beside the fields of every entry, as the content has it. */
  readonly fields?: Partial<ResourceContent>;
  /** A picture that stands for the entry and not in its text. */
  readonly cover?: string;
  /** A file of `files/`. */
  readonly film?: string;
  /** What a home page or a topic is composed of. */
  readonly blocks?: readonly DemoBlock[];
  /** The last day of a topic's occasion; below zero it lies ahead. */
  readonly endsDaysAgo?: number;
  /** Keys of entries. */
  readonly interpretationOf?: string;
  readonly activities?: readonly string[];
  readonly validityChangedDaysAgo?: number;
  readonly state: DemoState;
  readonly title: string;
  readonly summary?: string;
  readonly source: string;
  readonly author?: string;
  readonly keywords?: readonly string[];
  /** Codes of regions that it is about. */
  readonly regions?: readonly string[];
  /** The name of who issued a policy, where that is not its source. */
  readonly issuer?: string;
  readonly body: string;
  readonly publishedDaysAgo?: number;
  readonly preparedDaysAgo?: number;
  readonly withdrawnDaysAgo?: number;
  readonly releaseInDays?: number;
  readonly hour?: string;
  readonly pinned?: boolean;
  readonly returnReason?: string;
  readonly withdrawalReason?: string;
  readonly disclosure: {
    readonly category: string;
    readonly method: string;
    readonly producedOn: { readonly daysAgo: number };
    readonly timeLimit: string;
    readonly scope: string;
  };
  readonly documentNumber?: string;
  readonly writtenDaysAgo?: number;
  readonly validity?: string;
  readonly replacedBy?: string;
  /** With its text, or a file of `files/`. */
  readonly attachments?: readonly {
    readonly name: string;
    readonly content?: string;
    readonly file?: string;
  }[];
}

export async function readDistrict(directory: string): Promise<District> {
  return JSON.parse(await readFile(join(directory, 'district.json'), 'utf8')) as District;
}

/** All entries, the oldest first, so that lists grow as they did in life. */
export async function readEntries(directory: string): Promise<readonly DemoEntry[]> {
  const folder = join(directory, 'content');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const entries = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as DemoEntry[]),
  );
  const age = (entry: DemoEntry): number => entry.publishedDaysAgo ?? entry.preparedDaysAgo ?? 0;
  return entries.flat().sort((a, b) => age(b) - age(a) || (a.hour ?? '').localeCompare(b.hour ?? ''));
}
