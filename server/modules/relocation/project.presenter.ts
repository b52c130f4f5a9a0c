import {
  type OldPage,
  pageProblems,
  type Relocation,
  type RelocationSummary,
} from '../../../contracts/relocation.ts';
import type { Db } from '../../platform/db.ts';
import { allSites, type SiteRow } from '../sites/index.ts';
import { countCopyFiles } from './copy.queries.ts';
import { figuresOf, type PageRow, problemCounts } from './page.queries.ts';
import { oldColumns, type ProjectRow } from './project.queries.ts';

export function presentPage(row: PageRow): OldPage {
  const { id, address, kind, title, producedOn, problem, problemDetail, resourceId, target } = row;
  const text =
    problem === null
      ? null
      : [pageProblems[problem], problemDetail ?? ''].filter((one) => one !== '').join('：');
  return { id, address, kind, title, producedOn, problem, problemText: text, resourceId, target };
}

function summaryOf(project: ProjectRow, sites: readonly SiteRow[]): RelocationSummary {
  return {
    id: project.id,
    name: project.name,
    siteId: project.siteId,
    siteName: sites.find((site) => site.id === project.siteId)?.name ?? '',
    unitId: project.unitId,
    hosts: [...project.hosts],
    source: project.source,
    goal: project.goal,
    phase: project.phase,
    state: project.state,
    problem: project.problem,
    updatedAt: project.updatedAt.toISOString(),
  };
}

export async function presentProjects(db: Db, projects: readonly ProjectRow[]): Promise<RelocationSummary[]> {
  const sites = await allSites(db);
  return projects.map((project) => summaryOf(project, sites));
}

export async function presentProject(db: Db, project: ProjectRow): Promise<Relocation> {
  const figures = await figuresOf(db, project.id, project.run);
  const problems = await problemCounts(db, project.id);
  return {
    ...summaryOf(project, await allSites(db)),
    version: project.version,
    startAddresses: [...project.startAddresses],
    rules: project.rules,
    limits: project.limits,
    defaultColumnId: project.defaultColumnId,
    run: project.run,
    copyFiles: await countCopyFiles(db, project.id),
    startedAt: project.startedAt?.toISOString() ?? null,
    endedAt: project.endedAt?.toISOString() ?? null,
    figures: {
      ...figures,
      problems: problems.map(({ problem, pages }) => ({ code: problem, text: pageProblems[problem], pages })),
    },
    columns: [...(await oldColumns(db, project.id))],
  };
}
