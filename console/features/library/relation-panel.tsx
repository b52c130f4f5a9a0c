import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useState } from 'react';

import {
  libraryApi,
  type Neighbourhood,
  type RelatedResource,
  relationKinds,
  relationNames,
  type ResourceRelation,
} from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { boxHeight, boxWidth, layOut, linesOf, titleLines } from './relation-layout.ts';

interface Props {
  readonly resourceId: string;
  readonly version: number;
}

/** What a resource names and what names it: as a list, and as a picture for those who want one. */
export function RelationPanel({ resourceId, version }: Props) {
  const client = useClient();
  const [drawn, setDrawn] = useState(false);
  const asked = queryFor(client, libraryApi.getRelations, { params: { id: resourceId } });
  const around = useQuery({
    ...asked,
    queryKey: [...asked.queryKey, version],
    placeholderData: (before: Neighbourhood | undefined) => before,
  });
  return (
    <Loaded query={around} rows={2}>
      {(loaded) =>
        loaded.relations.length === 0 ? (
          <p className="hint">还没有关系。在“属性”中选择解读、修改、废止、所属或另见的信息，两边都会显示。</p>
        ) : (
          <>
            <RelationList centre={resourceId} around={loaded} />
            <Button
              className="block-gap"
              onClick={() => {
                setDrawn(true);
              }}
            >
              查看关系图
            </Button>
            <Drawer
              open={drawn}
              title="关系图"
              size={960}
              destroyOnHidden
              onClose={() => {
                setDrawn(false);
              }}
            >
              <Graph around={loaded} />
              <h2 className="field-name">同样的内容，用文字</h2>
              <AllRelations around={loaded} />
            </Drawer>
          </>
        )
      }
    </Loaded>
  );
}

function Title({ one }: { readonly one: RelatedResource }) {
  const title = one.title === '' ? '（无标题）' : one.title;
  if (!one.isOpen) return <span>{title}</span>;
  return (
    <Link to="/resources/$id" params={{ id: one.id }}>
      {title}
    </Link>
  );
}

interface AroundProps {
  readonly around: Neighbourhood;
}

/** Direct relations, each under the name it has from here. */
function RelationList({ centre, around }: AroundProps & { readonly centre: string }) {
  const known = new Map(around.resources.map((one) => [one.id, one]));
  const others = (wanted: (relation: ResourceRelation) => string | null) => {
    const found = around.relations.flatMap((relation) => {
      const one = known.get(wanted(relation) ?? '');
      return one ? [{ one, isPublic: relation.isPublic }] : [];
    });
    return [...new Map(found.map((entry) => [entry.one.id, entry])).values()];
  };
  const groups = relationKinds.flatMap((kind) => {
    const { named, naming } = relationNames[kind];
    const forward = (relation: ResourceRelation) =>
      relation.kind === kind && relation.from === centre ? relation.to : null;
    const backward = (relation: ResourceRelation) =>
      relation.kind === kind && relation.to === centre ? relation.from : null;
    if (named === naming) return [{ name: named, list: others((one) => forward(one) ?? backward(one)) }];
    return [
      { name: named, list: others(forward) },
      { name: naming, list: others(backward) },
    ];
  });
  return (
    <dl className="relation-list">
      {groups
        .filter(({ list }) => list.length > 0)
        .map(({ name, list }) => (
          <div key={name}>
            <dt>{name}</dt>
            {list.map(({ one, isPublic }) => (
              <dd key={one.id}>
                <Title one={one} />
                {isPublic ? null : <span className="badge">发布后生效</span>}
              </dd>
            ))}
          </div>
        ))}
    </dl>
  );
}

function Graph({ around }: AroundProps) {
  const layout = layOut(around);
  const lines = linesOf(layout, around.relations);
  const [centre] = around.resources;
  const margin = 8;
  return (
    <div className="relation-graph">
      <svg
        role="img"
        aria-label={`《${centre?.title ?? ''}》与${String(around.resources.length - 1)}条信息的关系图，下面有同样内容的文字`}
        viewBox={`${String(-margin)} ${String(-margin)} ${String(layout.width + 2 * margin)} ${String(layout.height + 2 * margin)}`}
        width={layout.width + 2 * margin}
      >
        <defs>
          <marker
            id="relation-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M 0 0 L 8 4 L 0 8 z" className="relation-arrow" />
          </marker>
        </defs>
        {lines.map(({ key, path, relation }) => (
          <path
            key={key}
            d={path}
            className={relation.isPublic ? 'relation-line' : 'relation-line relation-planned'}
            markerEnd="url(#relation-arrow)"
          />
        ))}
        {around.resources.map((one) => {
          const place = layout.places.get(one.id);
          if (!place) return null;
          const words = titleLines(one.title);
          return (
            <g key={one.id} transform={`translate(${String(place.x)} ${String(place.y)})`}>
              <title>{`${one.title}（${one.unitName}）`}</title>
              <rect
                width={boxWidth}
                height={boxHeight}
                rx={6}
                className={one.id === centre?.id ? 'relation-box relation-centre' : 'relation-box'}
              />
              {words.map((line, at) => (
                <text
                  key={at}
                  x={boxWidth / 2}
                  y={words.length === 1 ? 28 : 20 + at * 17}
                  className="relation-text"
                >
                  {line}
                </text>
              ))}
            </g>
          );
        })}
        {lines.map(({ key, relation, labelX, labelY }) => (
          <text key={key} x={labelX} y={labelY} className="relation-label">
            {relationNames[relation.kind].verb}
          </text>
        ))}
      </svg>
    </div>
  );
}

function AllRelations({ around }: AroundProps) {
  const known = new Map(around.resources.map((one) => [one.id, one]));
  return (
    <>
      <table className="list-table">
        <caption className="visually-hidden">全部关系</caption>
        <thead>
          <tr>
            <th scope="col">信息</th>
            <th scope="col">关系</th>
            <th scope="col">信息</th>
          </tr>
        </thead>
        <tbody>
          {around.relations.map(({ from, to, kind, isPublic }) => {
            const [one, other] = [known.get(from), known.get(to)];
            return one && other ? (
              <tr key={`${from}-${kind}-${to}`}>
                <td data-label="信息">
                  <Title one={one} />
                </td>
                <td data-label="关系" className="cell-word">
                  {relationNames[kind].verb}
                  {isPublic ? null : <span className="hint">发布后生效</span>}
                </td>
                <td data-label="信息">
                  <Title one={other} />
                </td>
              </tr>
            ) : null;
          })}
        </tbody>
      </table>
      {around.cut ? <p className="hint">关系很多，这里只显示较近的一部分。</p> : null}
    </>
  );
}
