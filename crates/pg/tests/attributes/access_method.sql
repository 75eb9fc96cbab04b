-- case: exists
-- change
CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler;

-- case: target
CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler;
-- change
DROP ACCESS METHOD m;
CREATE ACCESS METHOD m TYPE INDEX HANDLER bthandler;

-- case: handler
CREATE ACCESS METHOD m TYPE INDEX HANDLER gisthandler;
-- change
DROP ACCESS METHOD m;
CREATE ACCESS METHOD m TYPE INDEX HANDLER bthandler;

-- impossible: owner: an access method has none
-- impossible: privileges: an access method has none

-- case: comment
CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler;
-- change
COMMENT ON ACCESS METHOD m IS 'x';

-- impossible: labels: SECURITY LABEL does not know access methods
