import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Space, Tree } from 'antd';
import { useState } from 'react';

import {
  hasEnded,
  type Term,
  vocabularies,
  type Vocabulary,
  vocabularyApi,
  vocabularyNames,
} from '../../../contracts/vocabulary.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { type TermNode, termsFound, termTree } from '../../lib/term-tree.ts';
import { dayText } from '../../lib/time.ts';
import { FilterForm, WordsFilter } from '../../ui/filters.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { TermDetail } from './term-detail.tsx';
import { TermForm } from './term-form.tsx';
import { TermImport } from './term-import.tsx';

export interface VocabularyAddress {
  readonly vocabulary?: Vocabulary;
  readonly term?: string;
  readonly q?: string;
}

interface Props {
  readonly address: VocabularyAddress;
  readonly onChange: (address: VocabularyAddress) => void;
}

type Dialog = 'add' | 'import' | null;

/** The words by which information is classified: a tree to choose from, the chosen word beside it. */
export function VocabularyPage({ address, onChange }: Props) {
  const client = useClient();
  const vocabulary = address.vocabulary ?? 'topic';
  const terms = useQuery(queryFor(client, vocabularyApi.listTerms, { query: { vocabulary } }));
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = (): void => {
    setDialog(null);
  };
  return (
    <Page
      wide
      title="分类词表"
      subtitle="信息里保存的是代码：改名、移动或替代以后，页面、检索和筛选随之更新，已发布的版本不变。"
      actions={<Actions vocabulary={vocabulary} onOpen={setDialog} />}
    >
      <Segmented<Vocabulary>
        aria-label="词表"
        className="vocabulary-choice"
        value={vocabulary}
        options={vocabularies.map((value) => ({ value, label: vocabularyNames[value] }))}
        onChange={(chosen) => {
          onChange({ vocabulary: chosen });
        }}
      />
      <Loaded query={terms} rows={12}>
        {(list) => (
          <>
            <Terms
              terms={list}
              address={address}
              onChange={(part) => {
                onChange({ vocabulary, ...part });
              }}
            />
            <TermForm open={dialog === 'add'} vocabulary={vocabulary} terms={list} onClose={close} />
            <TermImport open={dialog === 'import'} vocabulary={vocabulary} onClose={close} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface ActionsProps {
  readonly vocabulary: Vocabulary;
  readonly onOpen: (dialog: Dialog) => void;
}

function Actions({ vocabulary, onOpen }: ActionsProps) {
  return (
    <Space wrap>
      <Button
        icon={<Icon of={DownloadOutlined} />}
        href={addressOf(vocabularyApi.exportTerms.path, { query: { vocabulary } })}
      >
        导出
      </Button>
      <Button
        icon={<Icon of={UploadOutlined} />}
        onClick={() => {
          onOpen('import');
        }}
      >
        导入
      </Button>
      <Button
        type="primary"
        icon={<Icon of={PlusOutlined} />}
        onClick={() => {
          onOpen('add');
        }}
      >
        新增词
      </Button>
    </Space>
  );
}

interface TermsProps {
  readonly terms: readonly Term[];
  readonly address: VocabularyAddress;
  readonly onChange: (part: Omit<VocabularyAddress, 'vocabulary'>) => void;
}

function Terms({ terms, address, onChange }: TermsProps) {
  const current = terms.find(({ code }) => code === address.term);
  const q = address.q ?? '';
  const found = termsFound(terms, q);
  return (
    <div className="split">
      <section aria-label="词" className="unit-tree">
        <FilterForm label="查找词">
          <WordsFilter
            label="名称、同义词、代码或拼音首字母"
            words={q}
            onChange={(words) => {
              onChange(words === '' ? {} : { q: words });
            }}
          />
        </FilterForm>
        {found.length === 0 ? (
          <EmptyState
            title={terms.length === 0 ? '这个词表还没有词' : '没有找到'}
            hint={terms.length === 0 ? '逐个新增，或者导入表格。' : undefined}
          />
        ) : (
          <TermTreeView
            key={q}
            terms={found}
            openAll={q !== ''}
            current={current?.code}
            onChoose={(term) => {
              onChange({ term, ...(q === '' ? {} : { q }) });
            }}
          />
        )}
      </section>
      {current === undefined ? (
        <div className="detail">
          <EmptyState title="选择一个词" hint="查看它的同义词、使用情况和变更记录，或者改名、停用、替代。" />
        </div>
      ) : (
        <TermDetail key={current.id} term={current} terms={terms} />
      )}
    </div>
  );
}

interface TreeProps {
  readonly terms: readonly Term[];
  readonly openAll: boolean;
  readonly current: string | undefined;
  readonly onChoose: (code: string) => void;
}

function TermTreeView({ terms, openAll, current, onChoose }: TreeProps) {
  const tops = termTree(terms);
  const today = dayText(new Date());
  const parent = terms.find(({ code }) => code === current)?.parent;
  return (
    <Tree<TermNode>
      blockNode
      aria-label="词表"
      height={640}
      treeData={tops}
      defaultExpandAll={openAll}
      defaultExpandedKeys={parent ? [parent] : []}
      selectedKeys={current === undefined ? [] : [current]}
      onSelect={(_, { node }) => {
        onChoose(node.term.code);
      }}
      titleRender={({ term }) => (
        <span className="term-name">
          {term.label} <span className="hint">{term.code}</span>
          {hasEnded(term, today) ? <span className="badge">已停用</span> : null}
        </span>
      )}
    />
  );
}
