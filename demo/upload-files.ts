import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import sharp from 'sharp';

import type { Actor } from '../contracts/actor.ts';
import type { Parts } from '../server/app.ts';
import { receiveUpload, registerAsset } from '../server/modules/library/index.ts';
import type { DemoEntry } from './district.ts';

/** Whose entry it is, and where its files lie. */
export interface Uploading {
  readonly parts: Parts;
  readonly cast: { readonly units: ReadonlyMap<string, string> };
  readonly entry: Pick<DemoEntry, 'unit' | 'attachments'>;
  readonly images: string;
  readonly files: string;
  /** unit and picture name → asset id */
  readonly pictures: Map<string, string>;
}

async function upload(
  scene: Uploading,
  editor: Actor,
  at: Date,
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<string> {
  const { parts, cast, entry } = scene;
  const received = await receiveUpload(parts.assets, Readable.from(file.bytes), {
    fileName: file.name,
    limitBytes: parts.options.uploadBytes,
  });
  const unitId = cast.units.get(entry.unit) ?? '0';
  return (await parts.performAsSystem(registerAsset, { ...received, unitId }, { actor: editor, at })).id;
}

/** A file of the demonstration as a unit's asset; answers its id. */
export async function fileOf(scene: Uploading, name: string, editor: Actor, at: Date): Promise<string> {
  return upload(scene, editor, at, { name, bytes: await readFile(join(scene.files, name)) });
}

/** A drawing as a picture of usual size, uploaded once by each unit; answers its id. */
export async function pictureOf(scene: Uploading, name: string, editor: Actor, at: Date): Promise<string> {
  const key = `${scene.entry.unit} ${name}`;
  const known = scene.pictures.get(key);
  if (known !== undefined) return known;
  const svg = await readFile(join(scene.images, `${name}.svg`));
  const bytes = await sharp(svg).resize({ width: 1200 }).webp({ quality: 82 }).toBuffer();
  const id = await upload(scene, editor, at, { name: `${name}.webp`, bytes });
  scene.pictures.set(key, id);
  return id;
}

/** What an entry has attached, in its order. */
export async function attachmentsOf(
  scene: Uploading,
  editor: Actor,
  at: Date,
): Promise<{ assetId: string; name: string }[]> {
  const attachments: { assetId: string; name: string }[] = [];
  for (const one of scene.entry.attachments ?? []) {
    if (one.file !== undefined) {
      attachments.push({ assetId: await fileOf(scene, one.file, editor, at), name: one.name });
      continue;
    }
    // Excel takes a CSV for the local encoding unless it begins with this mark.
    const bytes = Buffer.from(`\ufeff${one.content ?? ''}`);
    attachments.push({ assetId: await upload(scene, editor, at, { name: one.name, bytes }), name: one.name });
  }
  return attachments;
}
