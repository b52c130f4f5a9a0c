/** Need the script, so they are shown only with it; sharing calls no outside service. */
export function PageTools() {
  return (
    <ul class="page-tools js-only" aria-label="页面工具">
      <li>
        <button type="button" data-copy-link>
          复制链接
        </button>
      </li>
      <li>
        <button type="button" data-print>
          打印
        </button>
      </li>
      <li>
        <button type="button" data-read-aloud hidden>
          朗读
        </button>
      </li>
      <li>
        <span class="tool-status" role="status" data-tool-status />
      </li>
    </ul>
  );
}
