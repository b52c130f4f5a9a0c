/** Several states of a component on one page need ids of their own, and so do the references to them. */
export function givePrefix(html: string, prefix: string): string {
  return html
    .replace(/ (id|for)="([^"]+)"/g, (_, name: string, id: string) => ` ${name}="${prefix}${id}"`)
    .replace(
      / (aria-labelledby|aria-controls|aria-describedby)="([^"]+)"/g,
      (_, name: string, ids: string) => {
        const renamed = ids.split(' ').map((id) => prefix + id);
        return ` ${name}="${renamed.join(' ')}"`;
      },
    )
    .replace(/ href="#([^"]+)"/g, (_, id: string) => ` href="#${prefix}${id}"`);
}
