// Tells of a start that failed: a script or style that did not come, an exception before anything was drawn. A plain script, for it must run where modules do not.
(function () {
  function tell(why) {
    var root = document.getElementById('root');
    if (root !== null && root.firstChild !== null) return;
    document.documentElement.classList.add('boot-failed');
    var place = document.getElementById('boot-why');
    if (place !== null) place.textContent += why + '\n';
    else addEventListener('DOMContentLoaded', tell.bind(null, why));
  }
  addEventListener(
    'error',
    function (event) {
      var from = event.target;
      if (from instanceof HTMLScriptElement) tell(from.src.replace(/^.*\//, '') + ' did not come.');
      else if (event.message) tell(event.message);
    },
    true,
  );
  addEventListener('unhandledrejection', function (event) {
    tell(String(event.reason && event.reason.message ? event.reason.message : event.reason));
  });
})();
