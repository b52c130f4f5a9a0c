const byExtension: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  xml: 'application/xml',
  txt: 'text/plain',
  csv: 'text/csv',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  woff2: 'font/woff2',
};

/** What a file is by its name: for our own pages and assets, never for what somebody uploaded. */
export function mediaTypeOf(name: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return byExtension[extension] ?? 'application/octet-stream';
}

/** Types that a browser may show in place; anything else that was uploaded is offered for download. */
export function isShownInPlace(mediaType: string): boolean {
  return /^(image\/(png|jpeg|gif|webp|avif)|video\/|audio\/|application\/pdf$)/.test(mediaType);
}

export function contentTypeOf(mediaType: string): string {
  const isText = /^text\/|^application\/(json|xml|javascript|rss\+xml|atom\+xml|feed\+json)|\+xml$/.test(
    mediaType,
  );
  return isText && !mediaType.includes('charset') ? `${mediaType}; charset=utf-8` : mediaType;
}
