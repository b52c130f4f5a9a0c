import { describe, expect, it } from 'vitest';

import { ApiError, networkError } from '../../lib/api-error.ts';
import { aContent, aResource, aRevision } from '../../lib/test-parts.ts';
import {
  type DraftEvent,
  draftOf,
  type DraftState,
  needsLocalCopy,
  nextDraft,
  phaseText,
  saveDelay,
} from './draft-machine.ts';

const mine = aContent({ title: '我改的标题' });
const theirs = aContent({ title: '对方改的标题' });
const at = '2026-11-22T02:32:00.000Z';

function after(...events: readonly DraftEvent[]): DraftState {
  return events.reduce(nextDraft, draftOf(aResource(3)));
}

const edit: DraftEvent = { kind: 'edited', content: mine };
const start: DraftEvent = { kind: 'save-started' };
const conflict = (current = aRevision(4, theirs)): DraftEvent => ({
  kind: 'failed',
  error: new ApiError({
    status: 409,
    code: 'library.resource-changed',
    title: '',
    details: { currentVersion: 4, current },
  }),
});
const refused = (status: number, code: string): DraftEvent => ({
  kind: 'failed',
  error: new ApiError({ status, code, title: '不行' }),
});

describe('a draft', () => {
  it('is saved some seconds after an edit and then clean', () => {
    const dirty = after(edit);
    expect([dirty.phase, saveDelay(dirty), needsLocalCopy(dirty)]).toEqual(['dirty', 3000, true]);
    const clean = after(edit, start, { kind: 'saved', resource: aResource(4, mine), at });
    expect([clean.phase, clean.version, saveDelay(clean), needsLocalCopy(clean)]).toEqual([
      'clean',
      4,
      null,
      false,
    ]);
    expect(phaseText(clean, () => '10:32')).toBe('已保存 10:32');
  });

  it('is clean again when an edit is taken back', () => {
    expect(after(edit, { kind: 'edited', content: aContent() }).phase).toBe('clean');
  });

  it('is dirty after a save when more was typed meanwhile', () => {
    const more = aContent({ title: '又改了' });
    const state = after(
      edit,
      start,
      { kind: 'edited', content: more },
      { kind: 'saved', resource: aResource(4, mine), at },
    );
    expect([state.phase, state.content.title]).toEqual(['dirty', '又改了']);
  });

  it('is not saved again and again when the server writes the same words differently', () => {
    const tidied = aResource(4, { ...mine, source: '由服务器补上' });
    expect(after(edit, start, { kind: 'saved', resource: tidied, at }).phase).toBe('clean');
  });

  it('waits longer after every failure to reach the server, up to a minute', () => {
    const offline: DraftEvent = { kind: 'failed', error: networkError() };
    const delays = [1, 2, 3, 9].map((times) =>
      saveDelay(after(edit, ...Array.from({ length: times }, () => [start, offline]).flat())),
    );
    expect(delays).toEqual([3000, 6000, 12_000, 60_000]);
  });

  it('keeps typing while offline and goes on after the server is back', () => {
    const state = after(
      edit,
      start,
      { kind: 'failed', error: networkError() },
      { kind: 'edited', content: theirs },
    );
    expect([state.phase, state.content.title, needsLocalCopy(state)]).toEqual([
      'offline',
      '对方改的标题',
      true,
    ]);
  });

  it('waits for the sign-in when the session is gone, and then goes on by itself', () => {
    const out = after(edit, start, refused(401, 'identity.session-expired'));
    expect([out.phase, saveDelay(out)]).toEqual(['signed-out', null]);
    expect(nextDraft(out, { kind: 'signed-in' }).phase).toBe('dirty');
  });

  it('waits for an edit when the server refuses its content', () => {
    const state = after(edit, start, refused(422, 'library.content-invalid'));
    expect([state.phase, saveDelay(state), phaseText(state, String)]).toEqual([
      'refused',
      null,
      '未能保存：不行',
    ]);
  });
});

describe('a conflict', () => {
  it('stops saving and shows both writings', () => {
    const state = after(edit, start, conflict());
    expect([state.phase, saveDelay(state), state.content.title, state.theirs?.content.title]).toEqual([
      'conflict',
      null,
      '我改的标题',
      '对方改的标题',
    ]);
  });

  it('ends with theirs when the person takes theirs', () => {
    const state = nextDraft(after(edit, start, conflict()), { kind: 'took-theirs' });
    expect([state.phase, state.content.title, state.version]).toEqual(['clean', '对方改的标题', 4]);
  });

  it('ends with mine on top of theirs when the person keeps mine', () => {
    const state = nextDraft(after(edit, start, conflict()), { kind: 'kept-mine' });
    expect([state.phase, state.content.title, state.version]).toEqual(['dirty', '我改的标题', 4]);
  });

  it('is none when both wrote the same', () => {
    const state = after(edit, start, conflict(aRevision(4, mine)));
    expect([state.phase, state.version]).toEqual(['clean', 4]);
  });
});

describe('an unsaved copy of an earlier visit', () => {
  it('is simply gone on with when nobody saved since', () => {
    const state = after({ kind: 'restored-locally', content: mine, baseVersion: 3 });
    expect([state.phase, state.version]).toEqual(['dirty', 3]);
  });

  it('is a conflict when somebody saved since, never a silent overwrite', () => {
    const state = after({ kind: 'restored-locally', content: mine, baseVersion: 2 });
    expect([state.phase, state.theirs?.number, saveDelay(state)]).toEqual(['conflict', 3, null]);
  });
});

describe('news of the resource from another act', () => {
  it('moves a clean draft on', () => {
    const state = after({ kind: 'moved-on', resource: aResource(5, theirs) });
    expect([state.version, state.content.title]).toEqual([5, '对方改的标题']);
  });

  it('never lets unsaved words pass over a revision that the person has not seen', () => {
    const state = after(edit, { kind: 'moved-on', resource: aResource(5, theirs) });
    expect([state.phase, state.version, state.content.title]).toEqual(['dirty', 3, '我改的标题']);
  });
});
