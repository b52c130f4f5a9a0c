import { describe, expect, test } from 'vitest';

import { aVisit } from './browser.ts';
import { beginArticle, bodyOnServer, isSaved, save, saveStateOf, typeAtEnd } from './desk.ts';
import { startProgram, stopProgram } from './district.ts';

const visit = aVisit();
const { district } = visit;

describe('editing', () => {
  test('loses nothing when the program stops in the middle and starts again', async () => {
    const page = await visit.signInAs('shuxiaowen');
    const id = await beginArticle(page, '重新启动');
    await typeAtEnd(page, '停机之前存下的话。');
    await save(page);
    await stopProgram(district.place);
    await typeAtEnd(page, '停机时写的话。');
    await saveStateOf(page).filter({ hasText: '离线保存在本机' }).waitFor();
    await startProgram(district.place);
    await isSaved(page);
    const kept = await bodyOnServer(page, id);
    expect(kept).toContain('停机之前存下的话。');
    expect(kept).toContain('停机时写的话。');
  });
});
