import time, pytest, os
from django.db import connections
from posada.accounts.acts import Role
from posada.interop import services
pytestmark = pytest.mark.django_db(databases=["default","keyring"])
@pytest.mark.parametrize("cache",[0])
def test_perf(actors,cache):
    by=actors[Role.SITE_MANAGER]
    N=8000
    if cache:
        for a in ("default","keyring"):
            with connections[a].cursor() as c: c.execute(f"PRAGMA cache_size={cache}"); 
    rows=["id;nombres;apellidos"]+[f"a{i};Ana{i%97};Perez{i}" for i in range(N)]
    f=services.quarantine(by=by,source="\n".join(rows).encode(),wanted=services.Wanted(list_name="x"))
    marks=[]
    import gc; gc.disable(); t=time.time()
    g=services.confirm(by=by,file=f,on_progress=lambda d,n: marks.append((d,time.time()-t)) if d%2000==0 else None); print("\ncache",cache,[round(m[1],1) for m in marks])
