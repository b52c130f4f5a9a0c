import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';

import type { RichDocument } from '../../contracts/rich-text.ts';
import type { Asset, Resource, ResourceContent, ResourcePage } from '../../contracts/library.ts';
import type { Review } from '../../contracts/review.ts';
import type { Address, Listing } from '../../contracts/sites.ts';
import { anAssessment } from '../factories/assessment.ts';
import { someContent } from '../factories/sites.ts';
import type { Answer, Person } from './console-client.ts';
import type { Bureau } from './district.ts';
import type { Acknowledged, Expected, Ledger } from './ledger.ts';

export interface Desk {
  readonly bureau: Bureau;
  readonly editor: Person;
  readonly deciders: readonly [Person, Person, Person];
  readonly ledger: Ledger;
  readonly chance: () => number;
  readonly stopping: AbortSignal;
}

interface Act<T> {
  readonly name: string;
  readonly send: () => Promise<Answer>;
  /** What was done, read back from the server; undefined when it was not. */
  readonly find: () => Promise<T | undefined>;
  /** What to remember when the server itself says that it is done. */
  readonly noted: (done: T) => Acknowledged;
}

/** Sends until it is done. An answer that got lost is no answer: what became of the act is read back first. */
async function perform<T>(ledger: Ledger, act: Act<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const answer = await act.send();
    if (answer.outcome === 'answered' && answer.status < 300) {
      const done = answer.body as T;
      ledger.acknowledged.push(act.noted(done));
      return done;
    }
    const done = await act.find();
    if (done !== undefined) {
      if (answer.outcome === 'lost' || tries > 0) ledger.lost.done += 1;
      else ledger.wrongs.push(`${act.name} was refused and is done: ${JSON.stringify(answer)}`);
      return done;
    }
    if (answer.outcome === 'answered') {
      ledger.wrongs.push(`${act.name}: ${JSON.stringify(answer)}`);
      if (answer.status < 500) throw new Error(`${act.name}: ${JSON.stringify(answer)}`);
    }
    ledger.lost.repeated += 1;
    await sleep(100);
  }
}

const resourceAt = (desk: Desk, id: string): Promise<Resource> =>
  desk.editor.read<Resource>(`/api/resources/${id}`);

function titleOf(token: string, mark: string): string {
  return `关于测试工作${token}第${mark}版的通知`;
}

async function create(desk: Desk, token: string): Promise<Resource> {
  const { editor, bureau, ledger } = desk;
  const content = someContent({ title: titleOf(token, 'v1') });
  return perform<Resource>(ledger, {
    name: 'create',
    send: () =>
      editor.call('POST', '/api/resources', { unitId: bureau.team.unit.id, type: 'article', content }),
    async find() {
      const page = await editor.read<ResourcePage>(`/api/resources?limit=100`);
      const found = page.items.find((one) => one.title === content.title);
      return found && resourceAt(desk, found.id);
    },
    noted: ({ id, head }) => ({ act: 'create', resourceId: id, number: head.number, digest: head.digest }),
  });
}

async function placeIn(desk: Desk, resourceId: string, columnId: string): Promise<void> {
  await perform<Address>(desk.ledger, {
    name: 'place',
    send: () => desk.editor.call('PUT', `/api/resources/${resourceId}/placements`, { columnIds: [columnId] }),
    async find() {
      const address = await desk.editor.read<Address>(`/api/resources/${resourceId}/placements`);
      return address.placements.some((one) => one.columnId === columnId) ? address : undefined;
    },
    noted: () => ({ act: 'place', resourceId, columnId }),
  });
}

async function upload(desk: Desk): Promise<Asset> {
  const colour = { r: Math.floor(desk.chance() * 256), g: Math.floor(desk.chance() * 256), b: 90 };
  const bytes = await sharp({ create: { width: 24, height: 24, channels: 3, background: colour } })
    .png()
    .toBuffer();
  const digest = createHash('sha256').update(bytes).digest('hex');
  return perform<Asset>(desk.ledger, {
    name: 'upload',
    send() {
      const form = new FormData();
      form.append('unitId', desk.bureau.team.unit.id);
      form.append('file', new Blob([new Uint8Array(bytes)]), `${digest.slice(0, 8)}.png`);
      return desk.editor.call('POST', '/api/assets', form);
    },
    // The same bytes under the same name are the same file: sending again is safe.
    find: () => Promise.resolve(undefined),
    noted: (asset) => ({ act: 'upload', assetId: asset.id, digest }),
  });
}

function withPicture(content: ResourceContent, asset: Asset | undefined): ResourceContent {
  if (asset === undefined) return content;
  const image = { type: 'image', attrs: { assetId: asset.id, alt: '示意图', title: null } };
  return {
    ...content,
    body: { type: 'doc', content: [...(content.body?.content ?? []), image] } as RichDocument,
    attachments: [{ assetId: asset.id, name: asset.fileName }],
  };
}

async function save(desk: Desk, resource: Resource, content: ResourceContent): Promise<Resource> {
  return perform<Resource>(desk.ledger, {
    name: 'save',
    send: () =>
      desk.editor.call('PUT', `/api/resources/${resource.id}/draft`, {
        expectedVersion: resource.version,
        content,
      }),
    async find() {
      const now = await resourceAt(desk, resource.id);
      return now.head.content.title === content.title && now.version > resource.version ? now : undefined;
    },
    noted: ({ id, head }) => ({ act: 'save', resourceId: id, number: head.number, digest: head.digest }),
  });
}

async function submit(desk: Desk, resource: Resource): Promise<Resource> {
  return perform<Resource>(desk.ledger, {
    name: 'submit',
    send: () =>
      desk.editor.call('POST', `/api/resources/${resource.id}/reviews`, {
        expectedVersion: resource.version,
      }),
    async find() {
      const now = await resourceAt(desk, resource.id);
      return now.stage === 'in-review' ? now : undefined;
    },
    noted: ({ id, head }) => ({ act: 'submit', resourceId: id, digest: head.digest }),
  });
}

async function openReviewOf(desk: Desk, resourceId: string): Promise<Review> {
  const reviews = await desk.editor.read<{ items: readonly { id: string }[] }>(
    `/api/reviews?resourceId=${resourceId}&state=open`,
  );
  return desk.editor.read<Review>(`/api/reviews/${reviews.items[0]?.id ?? '0'}`);
}

async function decide(desk: Desk, review: Review, step: number): Promise<void> {
  const person = desk.deciders[step];
  if (person === undefined) throw new Error(`there is no step ${String(step)}`);
  await perform<Review>(desk.ledger, {
    name: 'decide',
    send: () =>
      person.call('POST', `/api/reviews/${review.id}/decisions`, {
        action: 'approve',
        step,
        revisionDigest: review.revision.digest,
        assessment: anAssessment(),
        ...(step === review.steps.length - 1
          ? { proof: { method: 'password', secret: person.password } }
          : {}),
      }),
    async find() {
      const now = await person.read<Review>(`/api/reviews/${review.id}`);
      return now.decisions.some((one) => one.step === step && one.outcome === 'approved') ? now : undefined;
    },
    noted: () => ({ act: 'decide', reviewId: review.id, step, login: person.login }),
  });
}

/** Submission and three signatures; the page must show `mark` afterwards. */
async function publish(desk: Desk, expected: Expected, mark: string): Promise<void> {
  const { ledger } = desk;
  const submitted = await submit(desk, await resourceAt(desk, expected.resourceId));
  const review = await openReviewOf(desk, expected.resourceId);
  await decide(desk, review, 0);
  await decide(desk, review, 1);
  await decide(desk, review, 2);
  const acknowledgedAt = performance.now();
  const live = await resourceAt(desk, expected.resourceId);
  const { url } = await desk.editor.read<Address>(`/api/resources/${expected.resourceId}/placements`);
  expected.path = url === null ? '' : new URL(url).pathname;
  expected.state = 'live';
  expected.mark = mark;
  ledger.acknowledged.push({
    act: 'sign',
    resourceId: expected.resourceId,
    indexNumber: live.indexNumber ?? '',
    digest: submitted.head.digest,
  });
  ledger.waiting.push({ expected, mark, acknowledgedAt });
}

async function edit(desk: Desk, expected: Expected, mark: string): Promise<void> {
  const asset = desk.chance() < 0.4 ? await upload(desk) : undefined;
  const resource = await resourceAt(desk, expected.resourceId);
  const content = withPicture({ ...resource.head.content, title: titleOf(expected.token, mark) }, asset);
  await save(desk, resource, content);
}

async function pin(desk: Desk, expected: Expected, columnId: string): Promise<void> {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await perform<Listing>(desk.ledger, {
    name: 'pin',
    send: () =>
      desk.editor.call('PATCH', `/api/columns/${columnId}/listings/${expected.resourceId}`, {
        pinnedUntil: until,
      }),
    // Said twice it says the same.
    find: () => Promise.resolve(undefined),
    noted: () => ({ act: 'pin', resourceId: expected.resourceId, columnId, until }),
  });
}

async function withdraw(desk: Desk, expected: Expected): Promise<void> {
  const principal = desk.deciders[2];
  const { version } = await resourceAt(desk, expected.resourceId);
  await perform<Resource>(desk.ledger, {
    name: 'withdraw',
    send: () =>
      principal.call('POST', `/api/resources/${expected.resourceId}/withdrawal`, {
        expectedVersion: version,
        reason: '内容有误，撤回更正',
      }),
    async find() {
      const now = await resourceAt(desk, expected.resourceId);
      return now.stage === 'withdrawn' ? now : undefined;
    },
    noted: ({ id }) => ({ act: 'withdraw', resourceId: id }),
  });
  expected.state = 'withdrawn';
  desk.ledger.waiting.push({ expected, mark: 'withdrawn', acknowledgedAt: performance.now() });
}

/** One resource through its life: written, reviewed, published; then perhaps changed, pinned, withdrawn. */
async function playResource(desk: Desk): Promise<void> {
  const { bureau, chance, ledger } = desk;
  const token = `k${randomBytes(5).toString('hex')}`;
  const column = bureau.columns[Math.floor(chance() * bureau.columns.length)];
  if (column === undefined) throw new Error('a bureau has columns');
  const draft = await create(desk, token);
  const expected: Expected = {
    resourceId: draft.id,
    token,
    host: bureau.host,
    siteId: bureau.site.id,
    path: '',
    state: 'draft',
    mark: '',
  };
  ledger.expected.set(draft.id, expected);
  await placeIn(desk, draft.id, column.id);
  await publish(desk, expected, 'v1');
  if (chance() < 0.5) await pin(desk, expected, column.id);
  if (chance() < 0.6) {
    await edit(desk, expected, 'v2');
    await publish(desk, expected, 'v2');
  }
  if (chance() < 0.35) await withdraw(desk, expected);
}

/** Works until told to stop; the resource in hand is finished. */
export async function workAtDesk(desk: Desk): Promise<void> {
  do await playResource(desk);
  while (!desk.stopping.aborted);
}
