import type { Fact } from '../../page-types.ts';

/** Contact and other facts: a table whose first column says what each is. */
export function FactTable({ facts, caption }: { readonly facts: readonly Fact[]; readonly caption: string }) {
  if (facts.length === 0) return null;
  return (
    <table class="fact-table">
      <caption class="visually-hidden">{caption}</caption>
      <tbody>
        {facts.map((fact) => (
          <tr>
            <th scope="row">{fact.name}</th>
            <td>
              {fact.url === undefined ? (
                fact.value.split('\n').map((line) => <p>{line}</p>)
              ) : (
                <FactLink fact={fact} url={fact.url} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FactLink({ fact, url }: { readonly fact: Fact; readonly url: string }) {
  if (fact.external === undefined) return <a href={url}>{fact.value}</a>;
  return (
    <a href={url} rel="noopener external nofollow" data-external={fact.external}>
      {fact.value}
    </a>
  );
}
