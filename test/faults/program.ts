import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import ts from 'typescript';

const repository = resolve(import.meta.dirname, '..', '..');
const compiled = ['contracts', 'server', 'templates', 'demo'];

/**
 * The program compiled into a folder of its own, types unchecked. Processes start in a second from it, and what
 * somebody changes in the sources meanwhile changes no page.
 */
export function compileProgram(directory: string): void {
  for (const folder of compiled) {
    for (const entry of readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) compileFile(join(entry.parentPath, entry.name), directory);
    }
  }
  for (const name of ['package.json', 'migrations']) {
    cpSync(join(repository, name), join(directory, name), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(directory, 'node_modules'));
}

function compileFile(source: string, directory: string): void {
  const target = join(directory, 'dist', source.slice(repository.length + 1));
  if (/\.test\.tsx?$/.test(source)) return;
  mkdirSync(dirname(target), { recursive: true });
  if (!/\.tsx?$/.test(source)) {
    cpSync(source, target);
    return;
  }
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
    fileName: source,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.ReactJSX,
      jsxImportSource: 'preact',
      rewriteRelativeImportExtensions: true,
      verbatimModuleSyntax: true,
    },
  });
  writeFileSync(target.replace(/\.tsx?$/, '.js'), outputText);
}
