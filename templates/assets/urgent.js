// Brings the urgent notice of the moment to a page that was built before it: under the header, as on the home page.
(function () {
  'use strict';
  var address = '/urgent.html';
  var header = document.querySelector('.site-header');
  // The home page is built with its notice in it.
  if (!header || location.pathname === '/' || document.querySelector('[data-urgent]')) return;

  // What the last page showed stands there at once, so that going from page to page nothing jumps.
  var last = remembered();
  show(last);

  fetch(address)
    .then(function (answer) {
      // No such page: there is no notice. An answer of another kind says nothing, so what is shown stays.
      if (answer.ok) return answer.text();
      return answer.status === 404 || answer.status === 410 ? '' : last;
    })
    .then(function (html) {
      if (html === last) return;
      show(html);
      remember(html);
    })
    .catch(function () {
      // Offline: what was known stays.
    });

  function show(html) {
    var shown = document.querySelector('[data-urgent]');
    // Only the notice itself is taken out of the answer, and parsed where nothing runs.
    var notice = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-urgent]');
    if (shown) shown.remove();
    if (notice) header.after(document.adoptNode(notice));
  }

  function remembered() {
    try {
      return sessionStorage.getItem('urgent') || '';
    } catch {
      return '';
    }
  }

  function remember(html) {
    try {
      sessionStorage.setItem('urgent', html);
    } catch {
      // Storage may be forbidden; the notice then comes a moment later.
    }
  }
})();
