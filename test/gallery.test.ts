import { existsSync, readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { givePrefix } from '../templates/gallery/give-prefix.ts';
import { renderGallery } from '../templates/gallery/gallery.tsx';

const folder = 'templates/components';
const components = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const gallery = renderGallery();

/** Modules of several pages. */
const pagesOf: Readonly<Record<string, readonly string[]>> = {
  forms: ['form'],
  kinds: ['leader', 'institution', 'guide', 'album', 'video', 'leaving'],
};

describe('the gallery', () => {
  it('has every component, and each has its examples beside it', () => {
    expect(components.length).toBeGreaterThan(20);
    const without = (exists: (name: string) => boolean) => components.filter((name) => !exists(name));
    expect(without((name) => existsSync(`${folder}/${name}/${name}.examples.tsx`))).toEqual([]);
    expect(without((name) => gallery.has(`component-${name}.html`))).toEqual([]);
  });

  it('has every page', () => {
    const templates = readdirSync('templates/pages').filter((file) => file.endsWith('.examples.ts'));
    const kinds = templates
      .map((file) => file.replace('.examples.ts', ''))
      .filter((kind) => existsSync(`templates/pages/${kind}.tsx`) && kind !== 'missing');
    expect(kinds.length).toBeGreaterThan(5);
    const shown = [...gallery.keys()];
    const names = kinds.flatMap((kind) => pagesOf[kind] ?? [kind]);
    expect(names.filter((name) => !shown.some((file) => file.startsWith(`page-${name}`)))).toEqual([]);
  });

  it('shows each in every mode, and its index leads to all', () => {
    const index = gallery.get('index.html') ?? '';
    const linked = [...index.matchAll(/href="([^"]+\.html)"/g)].map(([, file = '']) => file);
    expect([...gallery.keys()].filter((file) => file !== 'index.html').sort()).toEqual([...linked].sort());
    expect(linked.length % 4).toBe(0);
    expect(gallery.get('component-pager.elder.html')).toContain('<html lang="zh-CN" class="js elder">');
    expect(gallery.get('component-pager.contrast.html')).toContain('<html lang="zh-CN" class="js contrast">');
    expect(gallery.get('component-pager.contrast-light.html')).toContain('class="js contrast-light"');
  });

  it('can be opened where it lies: style, script and pictures have relative addresses', () => {
    for (const [file, html] of gallery) {
      expect(/(?:src|poster)="\/(?!\/)|href="\/(?:static|files|theme\.css)/.test(html), file).toBe(false);
    }
  });

  it('has no id twice on a sheet with many states', () => {
    for (const [file, html] of gallery) {
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);
      expect(new Set(ids).size, file).toBe(ids.length);
    }
  });
});

it('a prefix goes to ids and to everything that names them', () => {
  const html =
    '<h2 id="a">A</h2><p aria-labelledby="a b"><label for="b"></label><a href="#a"></a><a href="/x#a"></a>';
  expect(givePrefix(html, 's1-')).toBe(
    '<h2 id="s1-a">A</h2><p aria-labelledby="s1-a s1-b"><label for="s1-b"></label><a href="#s1-a"></a><a href="/x#a"></a>',
  );
});
