import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

const noMock = {
  selector: "CallExpression[callee.object.name='vi'][callee.property.name='mock']",
  message: 'Hand the part in instead of mocking the module.',
};
const noLoudIcon = {
  selector:
    'JSXOpeningElement[name.name=/(?:Outlined|Filled|TwoTone)$/]:not(:has(JSXAttribute[name.name="aria-label"]))',
  message: 'Screen readers would read its English name: use <Icon of={…} /> of ui/icon.tsx, or name it.',
};

// Rules are errors or off, never warnings. What needs the types of the program is asked by oxlint: `.oxlintrc.json`.
export default defineConfig(
  globalIgnores([
    'dist/',
    'data/',
    '.dependency-cruiser.cjs',
    'scripts/*.mjs',
    'templates/assets/',
    'server/platform/database.types.ts',
  ]),
  js.configs.recommended,
  ts.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      complexity: ['error', 12],
      'max-params': ['error', 4],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read it from config.ts.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['server/config.ts', 'scripts/**', 'test/**', 'bench/**', '*.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
  { files: ['console/**/*.ts', 'console/**/*.tsx'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['server/**', 'contracts/**', 'templates/**', 'console/**'],
    ignores: ['test/**'],
    rules: { 'no-restricted-syntax': ['error', noMock] },
  },
  { files: ['console/**/*.tsx'], rules: { 'no-restricted-syntax': ['error', noMock, noLoudIcon] } },
  { files: ['**/*.test.ts', '**/*.test.tsx'], rules: { 'max-lines': ['error', 600] } },
);
