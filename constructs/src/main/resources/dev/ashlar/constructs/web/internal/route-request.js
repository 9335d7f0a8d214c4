// What CloudFront does with each request before it looks into its cache. One line stands in front of this file:
// const config = {"redirects": {...}, and of a site "mode", "extensions", "files", of an origin perhaps "stripPrefix"};
// The runtime, cloudfront-js-2.0, knows ES 5.1 and little more: no spread, no destructuring, no for-of, no ?. and ??.

function handler(event) {
  const request = event.request;
  const uri = request.uri.charAt(0) === '/' ? request.uri : '/' + request.uri;
  // No browser sends such a path, it resolves the dots itself; what is behind an origin may resolve them too.
  if (/(\/|\\|%2f|%5c)(\.|%2e){1,2}(\/|\\|%2f|%5c|$)/i.test(uri)) {
    return { statusCode: 400, statusDescription: 'Bad Request' };
  }
  const canonical = config.redirects[hostOf(request)];
  if (typeof canonical === 'string') return redirect('https://' + canonical + uri, request);
  return config.mode ? routeToFile(request, uri) : routeToOrigin(request, event.viewer.ip);
}

function routeToFile(request, uri) {
  if (config.mode === 'PLAIN') {
    if (uri === '/') request.uri = '/index.html';
  } else if (config.mode === 'SPA') {
    if (!isFile(uri)) request.uri = '/index.html';
  } else if (uri.endsWith('/')) {
    request.uri = uri + 'index.html';
  } else if (!isFile(uri)) {
    // What begins with two slashes, or with what browsers take for them, would name another host.
    return redirect((uri + '/').replace(/^[\/\\\x00-\x20]+/, '/'), request);
  }
  return request;
}

// A dot alone does not make a file: /users/john.doe is a page of an application.
function isFile(uri) {
  const path = decode(uri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 && config.extensions.includes(name.slice(dot + 1).toLowerCase())
    || config.files.includes(path)
    || path.startsWith('/.well-known/');
}

function routeToOrigin(request, address) {
  if (config.stripPrefix) request.uri = withoutPrefix(request.uri, config.stripPrefix);
  request.headers['x-viewer-address'] = { value: address };
  return request;
}

// Segment by segment, because CloudFront also finds the behaviour of /api/* for /%61pi/notes.
function withoutPrefix(uri, prefix) {
  const segments = uri.split('/');
  const unwanted = prefix.split('/');
  for (let i = 0; i < unwanted.length; i++) {
    if (decode(segments[i]) !== unwanted[i]) return uri;
  }
  return '/' + segments.slice(unwanted.length).join('/');
}

// 308 keeps the method and the body. Browsers forget it after an hour: who redirects by mistake can take it back.
function redirect(location, request) {
  return {
    statusCode: 308,
    statusDescription: 'Permanent Redirect',
    headers: {
      location: { value: (location + queryOf(request)).replace(/[^\x21-\x7e]+/g, encode) },
      'cache-control': { value: 'max-age=3600' },
    },
  };
}

function hostOf(request) {
  return request.headers.host ? request.headers.host.value.toLowerCase().split(':')[0] : '';
}

// As the viewer sent it. Where there is no raw text it is rebuilt: names and values come encoded, in groups by name.
function queryOf(request) {
  if (typeof request.rawQueryString === 'function') {
    const raw = request.rawQueryString();
    return raw === undefined ? '' : '?' + raw;
  }
  const pairs = [];
  Object.keys(request.querystring).forEach((name) => {
    const parameter = request.querystring[name];
    (parameter.multiValue || [parameter]).forEach((each) => pairs.push(name + '=' + each.value));
  });
  return pairs.length === 0 ? '' : '?' + pairs.join('&');
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch (e) {
    return text;
  }
}

function encode(text) {
  try {
    return encodeURI(text);
  } catch (e) {
    return '';
  }
}
