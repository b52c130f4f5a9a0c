import type { Fact } from '../../kind-types.ts';

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
                <a href={fact.url}>{fact.value}</a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
