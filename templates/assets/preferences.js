// Runs before the first paint, so that a remembered mode never makes the page jump. Must stay tiny.
(function () {
  var root = document.documentElement;
  root.classList.add('js');
  try {
    'elder contrast contrast-light larger-1 larger-2 larger-3 big-cursor ruler hant'
      .split(' ')
      .forEach(function (mode) {
        if (localStorage.getItem('mode-' + mode) === 'on') root.classList.add(mode);
      });
  } catch {
    // Storage may be forbidden; the modes then last as long as the page.
  }
})();
